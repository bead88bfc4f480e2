import type { Price } from './price';

/** One line of a cost: a quantity at a price. */
export interface CostPart {
  readonly name: string;
  /** In the unit of the price. */
  readonly quantity: number;
  readonly price: Price;
  readonly usd: number;
}

/** A cost in US dollars and its parts. */
export interface Cost {
  readonly usd: number;
  readonly parts: readonly CostPart[];
}

/** Multiplies a quantity by its price. */
export function part(name: string, quantity: number, price: Price): CostPart {
  return { name, quantity, price, usd: quantity * price.usd };
}

/** Adds up parts. */
export function cost(parts: readonly CostPart[]): Cost {
  return { usd: parts.reduce((sum, { usd }) => sum + usd, 0), parts };
}
