import type { View } from './view.ts';

/** Says of an application that nobody vouches for it, wherever it is about to be allowed something (CON1). */
export function SelfRegistered({ view }: { readonly view: View }) {
  const { say, brand, clientName, selfRegistered } = view;
  if (!selfRegistered) return null;
  return (
    <p class="notice" id="self-registered">
      {say('consent.self_registered', { client: clientName, brand: brand.name })}
    </p>
  );
}
