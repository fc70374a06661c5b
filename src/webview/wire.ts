// What parses the messages of the pages. It stands in each document as a text and is compiled when the page can be seen.
export { Channel } from '../protocol/channel.ts';
export { caseHost, casePage } from '../protocol/case.ts';
export { incidentHost, incidentPage } from '../protocol/incident.ts';
export { newCaseHost, newCasePage } from '../protocol/newCase.ts';
