import { encode } from 'uqr';

/** Modules around the code that a camera needs to find it (ISO/IEC 18004 asks for four). */
const border = 4;

/**
 * A text as a QR code in SVG: dark on white whatever the theme of the page is, since many cameras take no other.
 * @param label what the picture is, in words; escaped here
 */
export function qrCode(text: string, label: string): string {
  const { data, size } = encode(text, { ecc: 'M', border });
  const rows = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const safe = label.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="${safe}"`;
  return `${head} shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${rows.join('')}"/></svg>`;
}
