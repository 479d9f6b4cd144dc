import mailchecker from 'mailchecker';
import { describe, expect, test } from 'vitest';
import { isDisposable, packDomains } from '../../lambdas/shared/domain/disposable-domain.ts';

const list = packDomains(mailchecker.blacklist());

describe('throwaway mailboxes', () => {
  test.each(['mailinator.com', 'guerrillamail.com', 'yopmail.com', '0-mail.com', 'inbox.of.mailinator.com'])(
    '%s is one',
    (domain) => expect(isDisposable(list, domain)).toBe(true),
  );

  test.each([
    'gmail.com',
    'outlook.com',
    'icloud.com',
    'privaterelay.appleid.com',
    'proton.me',
    'gmx.de',
    'web.de',
    'example.com',
    'bbc.co.uk',
    'xn--mller-kva.de',
    // Relays that hide an address and keep it.
    'duck.com',
    'mozmail.com',
    'simplelogin.com',
    'mailinator.com.example.com',
    'com',
    '',
  ])('%s is none', (domain) => expect(isDisposable(list, domain)).toBe(false));

  test('the list has every domain of its source, and the size that it is said to have', () => {
    const relays =
      /(^|\.)(duck|mozmail|simplelogin|aleeas|anonaddy|passmail|passinbox|firefox|icloud)\.|(slmail|anonaddy)\.me$|addy\.io$/;
    const lost = [...mailchecker.blacklist()].filter((domain) => domain.includes('.') && !isDisposable(list, domain));
    expect(lost.filter((domain) => !relays.test(domain))).toEqual([]);
    expect(list.length).toBeLessThan(300_000);
  });

  test('no invented domain is taken for one of them', () => {
    const invented = Array.from({ length: 20_000 }, (_, at) => `shop-${at}-of-nobody.example`);
    expect(invented.filter((domain) => isDisposable(list, domain))).toEqual([]);
  });
});
