import { AwsError } from '../../kit/aws-error';
import type { PropertyReader } from '../../kit/property-reader';
import type { ClientSettings } from '../pool/user-pool';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SECONDS = { seconds: 1, minutes: MINUTE, hours: HOUR, days: DAY } as const;

type Unit = keyof typeof SECONDS;

/** A kind of token: its properties, the unit without another one, and the lifetimes that Cognito allows. */
interface Kind {
  readonly key: string;
  readonly unitKey: string;
  readonly unit: Unit;
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
}

const ACCESS: Kind = {
  key: 'AccessTokenValidity',
  unitKey: 'AccessToken',
  unit: 'hours',
  least: 5 * MINUTE,
  most: DAY,
  fallback: HOUR,
};
const ID: Kind = { ...ACCESS, key: 'IdTokenValidity', unitKey: 'IdToken' };
const REFRESH: Kind = {
  key: 'RefreshTokenValidity',
  unitKey: 'RefreshToken',
  unit: 'days',
  least: HOUR,
  most: 3650 * DAY,
  fallback: 30 * DAY,
};

/**
 * Reads the lifetimes of a client's tokens, in seconds.
 *
 * @throws AwsError InvalidParameterException for a lifetime that Cognito does not allow.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function tokenSeconds(
  declared: PropertyReader,
): Pick<ClientSettings, 'accessSeconds' | 'idSeconds' | 'refreshSeconds'> {
  const units = declared.section('TokenValidityUnits');
  const [accessSeconds, idSeconds, refreshSeconds] = [
    lifetime(declared, units, ACCESS),
    lifetime(declared, units, ID),
    lifetime(declared, units, REFRESH),
  ];
  if (accessSeconds > refreshSeconds || idSeconds > refreshSeconds) {
    throw new AwsError(
      'InvalidParameterException',
      'Invalid range for token validity. A refresh token is valid for at least as long as the access and ID tokens.',
    );
  }
  return { accessSeconds, idSeconds, refreshSeconds };
}

function lifetime(declared: PropertyReader, units: PropertyReader, kind: Kind): number {
  const unit = units.oneOf(kind.unitKey, ['seconds', 'minutes', 'hours', 'days'], kind.unit);
  const given = declared.maybeNumber(kind.key);
  const seconds = given === undefined ? kind.fallback : given * SECONDS[unit];
  if (seconds >= kind.least && seconds <= kind.most) return seconds;
  throw new AwsError(
    'InvalidParameterException',
    `Invalid range for token validity. ${kind.key}: ${given} ${unit} were given; ${kind.least} to ${kind.most} seconds are needed`,
  );
}
