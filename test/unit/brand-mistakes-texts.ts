import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';

/** How northwind might text, but for what is changed. */
const texts = (changed: Partial<SmsPolicy>): SmsPolicy => ({
  countries: { DE: { senderId: 'Northwind' } },
  firstFactor: false,
  perNumber: { max: 5, window: 3600 },
  perPrefix: { max: 100, window: 3600 },
  perIp: { max: 20, window: 3600 },
  perHour: 500,
  perDay: 2000,
  maxPrice: 0.2,
  monthlySpend: 1000,
  ...changed,
});

/** Mistakes about texts, links and recovery, as `brand-mistakes.ts` lists those about everything else. */
export const textMistakes: readonly (readonly [path: string, value: unknown, says: string])[] = [
  ['authentication.factors[1]', 'sms', 'authentication.factors[1] "sms" needs authentication.sms'],
  ['authentication.sms', {}, 'authentication.sms.countries must be of type record'],
  ['authentication.sms', texts({ countries: {} }), 'authentication.sms.countries must name one country or more'],
  [
    'authentication.sms',
    texts({ countries: { UK: { senderId: 'Northwind' } } }),
    'authentication.sms.countries.UK must be named by its ISO 3166-1 alpha-2 code, such as ES',
  ],
  [
    'authentication.sms',
    texts({ countries: { GB: { senderId: '12' } } }),
    'authentication.sms.countries.GB.senderId "12" must be 3 to 11 letters, digits and dashes',
  ],
  [
    'authentication.sms',
    texts({ countries: { US: { number: '+12065550100' } } }),
    'authentication.sms.countries.US.number "+12065550100" must be the id of a pool or a number: pool-… or phone-…',
  ],
  ['authentication.sms', texts({ perDay: 10 }), 'authentication.sms.perDay 10 must be between 500 and 1000000'],
  ['authentication.sms', texts({ maxPrice: 3 }), 'authentication.sms.maxPrice 3 must be between 0.01 and 2 US dollars'],
  [
    'authentication.sms',
    texts({ perNumber: { max: 21, window: 3600 } }),
    'authentication.sms.perNumber.max 21 must be between 1 and 20',
  ],
  ['authentication.sms', texts({}), 'accepted'],
  ['authentication.mailedLinks', undefined, 'authentication.mailedLinks must be of type boolean'],
  [
    'authentication.recovery.delay',
    3600,
    'authentication.recovery.delay 3600 must be between 43200 and 2592000 seconds',
  ],
];
