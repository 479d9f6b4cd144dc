import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import tls from 'node:tls';

/** What the front door shows under `--https`. */
export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM; signed by itself, for localhost and the loopback addresses. */
  readonly cert: string;
  /** Where `cert` lies, for clients to trust it by. */
  readonly file: string;
}

const DAY = 86_400_000;
/** Days; Apple's platforms trust no certificate for longer, whoever signed it. */
const VALIDITY = 825;
/** Days before the end at which a new one is made. */
const MARGIN = 30;

/** The certificate of this machine's local clouds, kept in `folder` so that it is trusted once; made where there is none. */
export async function localCertificate(folder: string): Promise<Certificate> {
  const [file, keyFile] = [join(folder, 'localhost.pem'), join(folder, 'localhost.key.pem')];
  if (!isUsable(file, keyFile)) {
    const { key, cert } = await selfSigned();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(keyFile, key, { mode: 0o600 });
    writeFileSync(file, cert);
  }
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}

/** Has this process's own requests (the example application, the fixture's users) trust the certificate. */
export function trust({ cert }: Certificate): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert]);
}

function isUsable(file: string, keyFile: string): boolean {
  if (!existsSync(file) || !existsSync(keyFile)) return false;
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo) > Date.now() + MARGIN * DAY;
  } catch {
    return false;
  }
}

async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALIDITY * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
