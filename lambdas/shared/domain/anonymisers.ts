/**
 * Autonomous systems that hide who uses them: operators of Tor exits and networks that commercial VPNs rent. Short on
 * purpose: general hosting is not in it, since offices and schools leave from there too. A brand adds its own.
 */
export const anonymisers: ReadonlySet<number> = new Set([
  4224, // The Calyx Institute (Tor)
  9009, // M247 (VPN)
  39351, // 31173 Services (VPN)
  53667, // FranTech / BuyVM (Tor, VPN)
  60068, // Datacamp / CDN77 (VPN)
  60729, // Stiftung Erneuerbare Freiheit, torservers.net (Tor)
  62371, // Proton (VPN)
  136787, // PacketHub / Tefincom (VPN)
  200651, // FlokiNET (Tor, VPN)
  205100, // F3 Netze (Tor)
  208323, // Foundation for Applied Privacy (Tor)
  209103, // Proton (VPN)
  212238, // Datacamp (VPN)
  396507, // Emerald Onion (Tor)
]);
