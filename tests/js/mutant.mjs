/** Runs the cases of the vector files named, up to the first that fails: for tests/vectors/mutants.py. */
import { casesOf } from './cases.mjs';

for (const file of process.argv.slice(2)) for (const { run } of casesOf(file)) await run();
