import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { issuerKeys, KeysUnavailable } from './issuer-keys.ts';
import { isRole, type Role } from './roles.ts';
import type { IdentitySettings } from './settings.ts';
import type { User } from './user.ts';

/** `refused`: the token is not good. `keys-unavailable`: nobody can tell, since the issuer's keys cannot be read. */
export type Refusal = 'refused' | 'keys-unavailable';

/** Why a token is not accepted, in a sentence for its bearer. */
export class TokenRefused extends Error {
  readonly refusal: Refusal;

  constructor(message: string, refusal: Refusal = 'refused') {
    super(message);
    this.refusal = refusal;
  }
}

// Asymmetric only: with an HMAC the public key would do as the secret.
const algorithms = ['ES256', 'RS256', 'EdDSA'];
const clockToleranceSeconds = 5;

/** Checks bearer tokens: signature by the issuer's keys, algorithm, `iss`, `aud`, `exp`, `nbf`, `sub`. */
export class TokenVerifier {
  private readonly settings: IdentitySettings;
  private readonly keys: JWTVerifyGetKey;

  constructor(settings: IdentitySettings) {
    this.settings = settings;
    this.keys = issuerKeys(settings.jwksUrl);
  }

  /** Who the token speaks for. Throws TokenRefused with the reason. */
  async verify(token: string): Promise<User> {
    const payload = await this.payloadOf(token);
    return {
      id: subjectOf(payload),
      roles: rolesOf(payload, this.settings.rolesClaim),
      salesReps: textsOf(payload['ordergate_sales_reps']),
      expiresAt: new Date(payload.exp! * 1000),
    };
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.settings;
    try {
      const options = { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds };
      return (await jwtVerify(token, this.keys, { ...options, requiredClaims: ['sub', 'exp'] })).payload;
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new TokenRefused(error.message, 'keys-unavailable');
      throw new TokenRefused(reasonOf(error));
    }
  }
}

function subjectOf({ sub }: JWTPayload): string {
  // It is stored with decisions: no control characters, which a text column or a log line could not hold.
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || /[\u0000-\u001f\u007f]/.test(sub)) {
    throw new TokenRefused('The token has no usable user id (claim sub)');
  }
  return sub;
}

function rolesOf(payload: JWTPayload, claim: string): Role[] {
  const nested = () => claim.split('.').reduce<unknown>((value, key) => asRecord(value)?.[key], payload);
  return textsOf(Object.hasOwn(payload, claim) ? payload[claim] : nested()).filter(isRole);
}

const asRecord = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

/** A claim that is a list of texts, or one text of words. */
function textsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
  return Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : [];
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return `The token's algorithm is not one of ${algorithms.join(', ')}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "The token's signature is not the issuer's";
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that the issuer does not know';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'The token does not name its key (kid)';
  return 'The token cannot be read';
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token lacks the claim ${claim}`;
  if (claim === 'iss') return 'The token is from another issuer';
  if (claim === 'aud') return 'The token is meant for another audience';
  if (claim === 'nbf') return 'The token is not valid yet';
  return `The token's claim ${claim} is not valid`;
}
