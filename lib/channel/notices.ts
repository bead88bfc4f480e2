import { z } from 'zod';
import { explain, stringThat } from './field';

const email = stringThat((address) => /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(address), 'an e-mail address');

const notices = z.strictObject({ emails: z.array(email).max(10).default([]) });

explain(notices.shape, {
  emails: {
    what: 'E-mail addresses that hear of each automatic stop, and once a day of each running channel. Each address first gets a mail that asks for confirmation.',
    see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html',
  },
});

/** Recipients of the notices about automatic actions of the stack. */
export const noticesSchema = notices.default({ emails: [] });
