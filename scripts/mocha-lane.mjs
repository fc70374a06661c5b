// A lane's own process: `node mocha-lane.mjs OPTIONS`, OPTIONS being the JSON of RunOptions (see mocha-run.mjs).
import { runMocha } from './mocha-run.mjs';

await runMocha(JSON.parse(process.argv[2] ?? ''));
process.exit(0);
