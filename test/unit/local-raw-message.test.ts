import { expect, test } from 'vitest';
import { parseRawMessage } from '../../local/services/ses/raw-message.ts';

test('reads a nested multipart message with encoded words, base64 and quoted-printable', () => {
  const html = Buffer.from('<p>Grüße</p>').toString('base64');
  const raw = [
    'From: =?UTF-8?Q?Caf=C3=A9_Nord?= <no-reply@shop.example>',
    'To: anna@example.com,',
    ' bert@example.com',
    'Subject: =?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZQ==?=',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=C3=BC=C3=9Fe und ein langer=',
    ' Satz',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    html,
    '--inner--',
    '--outer--',
    '',
  ].join('\r\n');
  expect(parseRawMessage(raw)).toEqual({
    from: 'Café Nord <no-reply@shop.example>',
    to: ['anna@example.com', 'bert@example.com'],
    subject: 'Grüße',
    text: 'Grüße und ein langer Satz',
    html: '<p>Grüße</p>',
  });
});

test('reads a plain message', () => {
  expect(parseRawMessage('From: a@b.example\nSubject: hi\n\nbody')).toMatchObject({
    subject: 'hi',
    text: 'body',
    html: '',
  });
});
