/**
 * A text of the template: the stack's name is STACK, other references are their logical ids in angle brackets,
 * attributes with a point, and the nth part of one between slashes with a slash: `<OriginContainer12345678.Endpoint/2>`.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (key === 'Ref') return argument === 'AWS::StackName' ? 'STACK' : `<${argument}>`;
  if (key === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (key === 'Fn::Join') return (argument as [string, unknown[]])[1].map(textOf).join('');
  const [index, { 'Fn::Split': [by, of] = ['', ''] } = {}] = argument as [number, { 'Fn::Split'?: [string, unknown] }];
  if (key === 'Fn::Select' && by === '/') return textOf(of).replace(/>$/, `/${index}>`);
  throw new Error(`${key} is not a text that the matrix can read: teach it to textOf in ${__filename}.`);
}

/** Logical ids without the hash that CDK appends. */
export function unhashed(text: string): string {
  return text.replace(/(<\w+?)[0-9A-F]{8}(?=[.>])/g, '$1');
}

/** Describes the members that only one of two lists has. The order of the lists is ignored. */
export function differences(what: string, expected: readonly string[], found: readonly string[]): readonly string[] {
  return [
    ...expected.filter((one) => !found.includes(one)).map((one) => `${what} ${one} is missing`),
    ...found.filter((one) => !expected.includes(one)).map((one) => `${what} ${one} is to spare`),
  ];
}
