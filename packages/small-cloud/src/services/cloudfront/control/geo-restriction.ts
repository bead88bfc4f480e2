import type { Declared } from '../../kit/declared';

/** Countries that a distribution serves alone, or does not serve; upper case. */
export interface GeoRestriction {
  readonly kind: 'whitelist' | 'blacklist';
  readonly countries: ReadonlySet<string>;
}

/**
 * Reads the Restrictions of a distribution.
 *
 * @returns undefined when every country is served.
 * @throws Error for a country that is not given by two upper-case letters, or for a list that is empty where one is needed.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-georestriction.html
 */
export function geoRestriction(config: Declared): GeoRestriction | undefined {
  const geo = config.maybePart('Restrictions')?.part('GeoRestriction');
  if (geo === undefined) return undefined;
  const kind = geo.oneOf('RestrictionType', ['none', 'whitelist', 'blacklist']);
  const countries = geo.texts('Locations');
  const wrong = countries.find((country) => !/^[A-Z]{2}$/.test(country));
  if (wrong !== undefined) {
    throw new Error(
      `${geo.at('Locations')}: ${wrong} was given; two upper-case letters (ISO 3166-1 alpha-2) are needed.`,
    );
  }
  if ((kind === 'none') !== (countries.length === 0)) {
    const rule = kind === 'none' ? 'none takes no countries' : `a ${kind} needs one or more`;
    throw new Error(`${geo.at('Locations')}: ${countries.length} countries were given; ${rule}.`);
  }
  return kind === 'none' ? undefined : { kind, countries: new Set(countries) };
}

/** Tells whether a distribution serves viewers in a country. */
export function isServed(geo: GeoRestriction | undefined, country: string): boolean {
  return geo === undefined || geo.countries.has(country) === (geo.kind === 'whitelist');
}
