import { describeDesk } from '../desk/conformance.ts';
import { sqliteBench } from './bench.ts';

describeDesk('The local desk on SQLite', sqliteBench);
