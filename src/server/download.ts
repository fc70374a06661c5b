import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Result } from '../desk/errors.ts';
import { ok } from '../desk/errors.ts';
import type { LedgerDesk } from '../desk/ledger.ts';

type Span = { readonly from: number; readonly to: number };

/** The one range a header asks for, `to` exclusive; `all` where it asks for none or for what is no single range of bytes. */
export function spanOf(header: string | undefined, bytes: number): Span | 'all' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'all';
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { from: bytes - length, to: bytes };
  }
  const from = Number(first);
  const to = last === '' ? bytes : Math.min(Number(last) + 1, bytes);
  if (last !== '' && Number(last) < from) return 'all';
  return from >= bytes ? 'unsatisfiable' : { from, to };
}

/** Sends content piece by piece, as what is saved and never shown: what people uploaded may claim to be a page. */
export async function sendContent(
  desk: LedgerDesk,
  sha256: string,
  { range, ifRange }: { readonly range: string | undefined; readonly ifRange: string | undefined },
  reply: FastifyReply,
): Promise<Result<FastifyReply>> {
  const content = await desk.content(sha256);
  if (!content.ok) return content;
  const { bytes } = content.value;
  const etag = `"${sha256}"`;
  const span = ifRange === undefined || ifRange === etag ? spanOf(range, bytes) : 'all';
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  if (span === 'unsatisfiable') {
    return ok(reply.code(416).header('content-range', `bytes */${bytes}`).removeHeader('content-disposition').send());
  }
  const { from, to } = span === 'all' ? { from: 0, to: bytes } : span;
  const pieces = await content.value.read(from, to);
  if (!pieces.ok) return pieces;
  if (span !== 'all') void reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${bytes}`);
  return ok(reply.header('content-length', to - from).send(Readable.from(pieces.value, { objectMode: false })));
}
