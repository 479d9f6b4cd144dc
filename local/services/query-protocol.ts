import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError, AwsReply, AwsRequest } from './aws-service.ts';

/** AWS query protocol (SES v1): form-encoded parameters in, XML out. */
export function parseQueryRequest(headers: IncomingHttpHeaders, body: string): AwsRequest {
  const input = Object.fromEntries(new URLSearchParams(body));
  return { action: input.Action ?? '', input, headers };
}

/** `name.member.1`, `name.member.2`, … in their order. */
export function members(input: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const values: string[] = [];
  for (let n = 1; ; n++) {
    const value = input[`${name}.member.${n}`];
    if (typeof value !== 'string') return values;
    values.push(value);
  }
}

/** `<ActionResponse><ActionResult>…`, each field an element. */
export function queryReply(action: string, fields: Readonly<Record<string, string>>): AwsReply {
  const result = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return xml(
    200,
    `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result.join('')}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );
}

export function queryError({ code, message, status }: AwsError): AwsReply {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return xml(
    status,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): AwsReply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
