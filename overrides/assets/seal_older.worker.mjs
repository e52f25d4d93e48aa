/** The sealing worker for browsers without Ed25519 of their own (sealer.mjs chooses): it brings noble's. */
import { verify } from './verify_older.mjs';
import { listen } from './worker.mjs';

listen(verify);
