import type { Purpose } from '../shared/domain/brand.ts';
import { purposeText } from '../shared/domain/consent.ts';
import { Check, PageForm, Summary } from '../shared/pages/form.tsx';
import type { PageContent, View } from '../shared/pages/view.ts';

/** A new version of the terms: asked for before anything is issued (GD7), ticked by the person alone. */
export function purposesPage(view: View, due: readonly Purpose[], ticked: ReadonlySet<string>): PageContent {
  const { say, locale, brand } = view;
  const title = say('purposes.title');
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <p class="lead">{say('purposes.lead')}</p>
        <Summary view={view} />
        <PageForm view={view} action="/purposes">
          <fieldset>
            <legend class="hidden">{title}</legend>
            {due.map(({ id, text, required }) => (
              <Check
                view={view}
                id={`purpose.${id}`}
                label={purposeText(text, locale, brand.locales.default)}
                checked={ticked.has(id)}
                required={required}
              />
            ))}
          </fieldset>
          <button type="submit" id="submit" name="decision" value="agree">
            {say('purposes.button')}
          </button>
          <button type="submit" id="decline" class="second" name="decision" value="decline">
            {say('purposes.decline')}
          </button>
        </PageForm>
      </>
    ),
  };
}
