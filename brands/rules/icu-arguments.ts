import { IntlMessageFormat } from 'intl-messageformat';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** Element types of the parser. */
const literal = 0;
const pound = 7;

/** Parses an ICU message as the functions do. @throws SyntaxError where it is none */
export function parseMessage(message: string, locale: string): Ast {
  return new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
}

/** Names of the arguments of a message, each once, sorted. */
export function argumentsOf(ast: Ast): readonly string[] {
  const names = ast.flatMap((element) => {
    if (element.type === literal || element.type === pound || !('value' in element)) return [];
    const branches =
      'options' in element ? Object.values(element.options).flatMap((each) => argumentsOf(each.value)) : [];
    return [element.value, ...branches];
  });
  return [...new Set(names)].sort();
}
