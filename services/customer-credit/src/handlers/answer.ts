/** What a person's command came to: an HTTP status with its body, or a "no" with its code. */
export interface Answer {
  status: number;
  body: object;
}

export function no(status: number, code: string, detail: string): Answer {
  return { status, body: { code, detail } };
}

export const invalid = (detail: string): Answer => no(422, 'validation-failed', detail);
