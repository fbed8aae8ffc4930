namespace Seal.Cryptography.Certificates;

/// <summary>An extension of a certificate, list or list entry as received.</summary>
/// <param name="Oid">Which one.</param>
/// <param name="Critical">Whether one who does not understand it must refuse.</param>
/// <param name="Value">The DER inside extnValue.</param>
public sealed record CertificateExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value);

/// <summary>Whether a key may sign certificates, and how many authorities may follow.</summary>
/// <param name="IsAuthority">cA.</param>
/// <param name="PathLength">pathLenConstraint: how many not self-issued authorities may follow; null is no limit.</param>
public sealed record BasicConstraints(bool IsAuthority, int? PathLength);
