namespace Seal.Documents.Ses;

/// <summary>SES_ESPictrueInfo: the picture of a seal.</summary>
/// <param name="Type">Kind of image as written, IA5String: <c>PNG</c>, <c>GIF</c>, <c>SVG</c>, <c>ofd</c>; case varies in real files.</param>
/// <param name="Data">The image file. Type <c>ofd</c> is a whole OFD package: never opened here.</param>
/// <param name="WidthMm">Width in whole millimetres.</param>
/// <param name="HeightMm">Height in whole millimetres.</param>
public sealed record SesPicture(string Type, ReadOnlyMemory<byte> Data, int WidthMm, int HeightMm);

/// <summary>ExtData: one entry of extDatas.</summary>
/// <param name="Oid">extnID.</param>
/// <param name="Critical">Whether one who does not know it must refuse.</param>
/// <param name="Value">extnValue, the content of the OCTET STRING.</param>
public sealed record SesExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value);

/// <summary>CertDigestObj: a signer's certificate named by its digest.</summary>
/// <param name="Type">Name of the digest as written, PrintableString.</param>
/// <param name="Value">The digest.</param>
public sealed record SesCertificateDigest(string Type, ReadOnlyMemory<byte> Value);
