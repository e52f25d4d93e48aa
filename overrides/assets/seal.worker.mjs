/** The sealing worker where the browser has Ed25519 of its own (sealer.mjs chooses), a quarter smaller than the older one. */
import { verify } from './verify.mjs';
import { listen } from './worker.mjs';

listen(verify);
