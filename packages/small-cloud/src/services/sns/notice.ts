import type { Message, Topic } from './topic';

const LONGEST_CHARACTERS = 600;

/** Writes one line for the screen: the text of a message, and to whom it would be mailed. */
export function notice({ settings, name, subscriptions }: Topic, { subject, message }: Message): string {
  const text = [subject, message].filter((part) => part !== undefined).join(' — ');
  const line = text.replace(/\s*\n\s*/g, ' / ').trim();
  const shown = line.length > LONGEST_CHARACTERS ? `${line.slice(0, LONGEST_CHARACTERS)}…` : line;
  const addresses = [...subscriptions.values()].map(({ endpoint }) => endpoint);
  const whom =
    addresses.length === 0
      ? `nobody is subscribed to ${settings.displayName || name}`
      : `would be mailed to ${addresses.join(', ')}; nothing leaves this machine`;
  return `${shown} (${whom})`;
}
