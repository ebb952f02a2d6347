import { type Site } from '../Site';
import { type Reply } from '../http/Reply';
import { html } from './html';

/** A round picture with a person's initials. */
export function avatar(site: Site, login: string): Reply {
  const name =
    site.accounts.user(login)?.name ??
    site.accounts.organization(login)?.name ??
    login;
  const initials = name
    .split(/\s+/)
    .map(word => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
  const hue =
    [...login].reduce((sum, c) => sum + c.charCodeAt(0) * 37, 0) % 360;
  const picture = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 40 40"
    role="img"
    aria-label="${name}"
  >
    <circle cx="20" cy="20" r="20" fill="hsl(${hue}, 45%, 38%)" />
    <text
      x="20"
      y="26"
      font-family="system-ui, sans-serif"
      font-size="16"
      fill="#fff"
      text-anchor="middle"
    >
      ${initials}
    </text>
  </svg>`;
  return {
    status: 200,
    body: picture.text,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'max-age=3600',
    },
  };
}
