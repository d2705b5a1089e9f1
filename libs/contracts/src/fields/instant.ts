import { isDay } from '@ordergate/money';

const timeOfDay = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|\+00:00)$/;
const timeWithOffset = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether `text` is an RFC 3339 instant in UTC (`Z` or `+00:00`, up to nanoseconds). */
export const isInstant = (text: string): boolean => isDay(text.slice(0, 10)) && timeOfDay.test(text.slice(10));

/** Whether `text` is an RFC 3339 instant in any offset, as the CloudEvents `time` attribute may be. */
export const isInstantWithOffset = (text: string): boolean =>
  isDay(text.slice(0, 10)) && timeWithOffset.test(text.slice(10));
