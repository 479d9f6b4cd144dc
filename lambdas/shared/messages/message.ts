/**
 * Messages are ICU MessageFormat strings, one file per catalogue and locale. English is the source: the other locales
 * must have each of its ids, and who says a message must bring each argument that the English sentence names.
 */

/** What a locale other than English must have: the same ids. */
export type Translation<Source> = { readonly [Id in keyof Source]: string };

/** What an argument may be; dates are shown in UTC. */
type MessageValue = string | number | Date;
export type MessageValues = Readonly<Record<string, MessageValue>>;

/** `minutes, plural, …` and `minutes}…` -> `minutes`. */
type NameAtStart<Rest extends string> = Rest extends `${infer Before},${string}`
  ? Before extends `${infer Name}}${string}`
    ? Name
    : Before
  : Rest extends `${infer Name}}${string}`
    ? Name
    : never;

/** A branch of a plural (`{# minutes}`) opens a brace too, but holds words. */
type OnlyName<Text extends string> = Text extends `${string} ${string}` | `#${string}` | '' ? never : Text;

/** Names of the arguments of an ICU message. */
type ArgumentsOf<Message extends string> = Message extends `${string}{${infer Rest}`
  ? OnlyName<NameAtStart<Rest>> | ArgumentsOf<Rest>
  : never;

/** Rest parameter of a function that says `Message`: nothing where it has no arguments. */
type ValuesFor<Message extends string> = [ArgumentsOf<Message>] extends [never]
  ? []
  : [values: { readonly [Name in ArgumentsOf<Message>]: MessageValue }];

/** Says a message by its id with the arguments that English names for it. */
export type Say<Source extends Readonly<Record<string, string>>> = <Id extends keyof Source>(
  id: Id,
  ...values: ValuesFor<Source[Id]>
) => string;
