// Sends one confirmation per order from the shared mailbox of the order desk.

export interface Order {
  number: string;
  customer: string;
  lines: readonly string[];
}

interface MailApi {
  send(message: {
    from: string;
    to: string;
    subject: string;
    body: string;
  }): Promise<{ status: number; retryAfter?: number; error?: string }>;
}

const sender = 'orders@example.com';

export class Throttled extends Error {
  constructor(
    readonly order: string,
    readonly retryAfterSeconds: number,
    detail: string,
  ) {
    super(`Order ${order}: the mail service refused the message (${detail}); try again in ${retryAfterSeconds} s.`);
  }
}

/** Sends the confirmations in order and returns the numbers that were accepted. */
export async function sendConfirmations(orders: readonly Order[], mail: MailApi): Promise<string[]> {
  const accepted: string[] = [];
  for (const order of orders) {
    const answer = await mail.send({
      from: sender,
      to: order.customer,
      subject: `Your order ${order.number}`,
      body: order.lines.join('\n'),
    });
    // Since Monday every batch stops here after about thirty messages, well below the documented limit:
    // 429 ApplicationThrottled, MailboxConcurrency limit is over, RetryAfter 300.
    if (answer.status === 429) throw new Throttled(order.number, answer.retryAfter ?? 60, answer.error ?? 'no detail');
    accepted.push(order.number);
  }
  return accepted;
}
