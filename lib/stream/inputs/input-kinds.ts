import type { InputKindName } from '../../channel/input';
import { AWS_INPUTS } from './aws';
import type { InputBuilders, InputContext, InputKind } from './input-kind';
import { PULLED_INPUTS } from './pull';
import { PUSHED_INPUTS } from './push';
import { SRT_INPUTS } from './srt';

/** A builder for every kind of input. It does not compile while one is missing. */
const BUILDERS: InputBuilders = { ...PULLED_INPUTS, ...PUSHED_INPUTS, ...SRT_INPUTS, ...AWS_INPUTS };

/** Builds an input of any kind. */
export function inputKind(context: InputContext): InputKind {
  return builtAs(context.source.kind, context);
}

function builtAs<Kind extends InputKindName>(kind: Kind, context: InputContext<Kind>): InputKind {
  return BUILDERS[kind](context);
}
