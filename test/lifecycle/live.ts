import { Deployment } from './deployment';
import { hold, type Pass } from './expectations';
import { noFaults } from './faults';
import type { History } from './histories';
import type { Seeds } from './seeds';
import { later } from './time';
import { VARIANTS, type Variant } from './variants';
import { World } from './world';

/** All types of resources in the templates. */
const TYPES = [
  ...new Set(VARIANTS.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type))),
];

/**
 * Lives through a history, and expects after every step that
 *
 * - every channel is in the state that it should be in,
 * - no running channel was interrupted without permission,
 * - every custom resource was answered once,
 * - nothing took longer than the declared time-outs;
 *
 * and after the stack is deleted, that nothing is left that costs money.
 *
 * @param pass - lets time pass until some work is over.
 * @throws Error that says which of these does not hold.
 */
export async function live({ steps, vanishing }: History, pass: Pass, seeds: Seeds = {}): Promise<void> {
  const world = new World(TYPES, seeds);
  let deployed: Variant | undefined;
  for (const [index, one] of steps.entries()) {
    const where = `step ${index + 1} (${one.kind}${one.kind === 'deploy' ? ` ${VARIANTS[one.variant]?.name}` : ''})`;
    switch (one.kind) {
      case 'hand':
        await pass(world.byHand(one.act, one.name));
        await pass(later(60_000));
        break;
      case 'patrol':
        await pass(world.patrol());
        break;
      case 'deploy':
        deployed = await new Deployment(world, one, deployed, { pass, where }).live();
        if (world.stack?.status === 'UPDATE_ROLLBACK_FAILED') return end(world, { pass, where });
    }
  }
  if (vanishing) await pass(world.vanish('main'));
  return end(world, { pass, where: 'the end' });
}

async function end(world: World, { pass, where }: { readonly pass: Pass; readonly where: string }): Promise<void> {
  Object.assign(world.faults, noFaults());
  await pass(world.destroy());
  await pass(later(60_000));
  const left = await pass(world.billable());
  hold(where, left.length === 0, `left after the stack was deleted: ${left.join(', ')}`);
}
