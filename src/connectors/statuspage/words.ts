import { line } from '../loose.ts';

/** The words of a status page in those of Microsoft Graph; others stay as they are. */
const statusWords: Readonly<Record<string, string>> = {
  operational: 'serviceOperational',
  degraded_performance: 'serviceDegradation',
  partial_outage: 'serviceInterruption',
  major_outage: 'serviceInterruption',
  under_maintenance: 'underMaintenance',
  investigating: 'investigating',
  // The cause is known and being removed; then it is watched whether that helped.
  identified: 'restoringService',
  monitoring: 'verifyingService',
  resolved: 'resolved',
  postmortem: 'postIncidentReviewPublished',
  in_progress: 'underMaintenance',
  verifying: 'underMaintenance',
};
export const statusOf = (written: string): string =>
  Object.hasOwn(statusWords, written.toLowerCase()) ? (statusWords[written.toLowerCase()] ?? '') : line(written);

const classifications: Readonly<Record<string, string>> = {
  ...{ none: 'advisory', maintenance: 'advisory' },
  ...{ minor: 'incident', major: 'incident', critical: 'incident' },
};
export const classificationOf = (impact: string): string =>
  Object.hasOwn(classifications, impact) ? (classifications[impact] ?? '') : line(impact);
