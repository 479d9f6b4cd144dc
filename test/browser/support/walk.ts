import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { devices, newContext } from './browser.ts';

const screenshots = resolve(import.meta.dirname, '../../../.local/screenshots');

/** Somebody who walks through pages: their language, its direction, what they hold in their hands. */
export interface Setting {
  readonly brand: 'northwind' | 'solmar';
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly device: keyof typeof devices;
  readonly scripts: boolean;
}

/** A desktop and a phone, with scripts and without, in English, German and Arabic. */
export const settings: readonly Setting[] = [
  { brand: 'northwind', locale: 'en', dir: 'ltr', device: 'desktop', scripts: true },
  { brand: 'northwind', locale: 'de', dir: 'ltr', device: 'phone', scripts: false },
  { brand: 'solmar', locale: 'ar', dir: 'rtl', device: 'phone', scripts: true },
  { brand: 'solmar', locale: 'ar', dir: 'rtl', device: 'desktop', scripts: false },
];

/** A page, and what a walk does on it. */
export interface Walk {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Presses and waits for the page that comes of it. */
  readonly press: (selector: string) => Promise<void>;
  readonly submit: () => Promise<void>;
  /** The page speaks the language, in its direction, and fits; a picture is kept. */
  readonly see: (name: string) => Promise<void>;
  /** The same, and a machine finds no barrier in it. */
  readonly inspect: (name: string) => Promise<void>;
}

export async function startWalk(browser: Browser, setting: Setting): Promise<Walk> {
  const { brand, locale, dir, device, scripts } = setting;
  const context = await newContext(browser, { ...devices[device], locale, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const folder = join(screenshots, brand, locale);
  mkdirSync(folder, { recursive: true });
  const press = async (selector: string) => {
    const loaded = page.waitForEvent('load');
    await page.click(selector);
    await loaded;
  };
  const see = async (name: string) => {
    expect(await page.locator('html').getAttribute('lang'), name).toBe(locale);
    expect(await page.locator('html').getAttribute('dir'), name).toBe(dir);
    await page.screenshot({ path: join(folder, `${name}-${device}.png`), fullPage: true });
    if (!scripts) return;
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, name).toBeLessThanOrEqual(devices[device].viewport.width);
  };
  return {
    context,
    page,
    press,
    submit: () => press('#submit'),
    see,
    inspect: async (name) => {
      await see(name);
      if (!scripts) return;
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  };
}
