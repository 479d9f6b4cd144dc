import type * as z from 'zod/mini';
import type { EmailAddress } from '../domain/email-address.ts';
import { type ParsedNumber, parseNumber } from '../domain/phone-number.ts';
import { Refusal } from '../domain/refusal.ts';
import type { SmsPolicy } from '../domain/sms-policy.ts';
import * as fields from './fields.ts';

/** What a person typed, by the rules of the API's fields. @throws Refusal `field_invalid` naming the field of the page */
function entry<S extends z.ZodMiniType>(schema: S, id: string, text: string | undefined): z.output<S> {
  const result = schema.safeParse(text ?? '');
  if (result.success) return result.data as z.output<S>;
  throw new Refusal('field_invalid', { errors: [{ field: id, rule: 'format' }] });
}

/** @throws Refusal `field_invalid` */
export function emailEntry(text: string | undefined): EmailAddress {
  return entry(fields.email, 'username', text);
}

/** @throws Refusal `field_invalid` */
export function passwordEntry(text: string | undefined, id = 'password'): string {
  return entry(fields.password, id, text);
}

/**
 * A mobile number of a country that the brand texts to, for the field that it was typed in.
 * @throws Refusal `field_invalid`
 */
export async function phoneEntry(
  text: string | undefined,
  policy: SmsPolicy | undefined,
  id = 'phone',
): Promise<ParsedNumber> {
  const parsed = await parseNumber(text ?? '', policy);
  if (parsed) return parsed;
  throw new Refusal('field_invalid', { errors: [{ field: id, rule: 'format' }] });
}

/** Digits of any keyboard: an Arabic or a Japanese one may write them its own way. @throws Refusal `field_invalid` */
export function codeEntry(text: string | undefined): string {
  const latin = (text ?? '')
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16));
  return entry(fields.code, 'code', latin);
}

/** However it was copied. @throws Refusal `field_invalid` */
export function recoveryCodeEntry(text: string | undefined): string {
  return entry(fields.recoveryCode, 'code', text);
}

/** Nothing where the field is left empty. @throws Refusal `field_invalid` */
export function nameEntry(text: string | undefined): string | undefined {
  const name = text?.trim();
  return name ? entry(fields.profileFields.name, 'name', name) : undefined;
}
