import { describeDesk } from '../desk/conformance.ts';
import { postgresBench } from './postgresBench.ts';

describeDesk('The team desk on PostgreSQL', postgresBench);
