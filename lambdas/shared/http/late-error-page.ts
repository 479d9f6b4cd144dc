import type { ErrorPage } from './render-errors.ts';

/** The error page, loaded by the first failure that a person is to see. */
export const lateErrorPage: ErrorPage = async (...shown) => (await import('./error-page.tsx')).errorPage(...shown);
