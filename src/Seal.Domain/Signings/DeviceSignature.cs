using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>A signature to be made by a key on a device: all that decides which bytes are signed.</summary>
/// <param name="Signing">The signing.</param>
/// <param name="Document">The file.</param>
/// <param name="Seal">The seal.</param>
/// <param name="SealVersion">The version of the seal's stream that the receipt in the signature names.</param>
/// <param name="Edition">The edition of the seal data.</param>
/// <param name="Organisation">The seal's owner.</param>
/// <param name="Certificate">The certificate of the key.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="At">The time that the signature states (UTC).</param>
/// <param name="Further">Further places.</param>
/// <param name="Certify">What may be done to the document afterwards, if it is to be certified.</param>
public sealed record DeviceSignature(
    SigningId Signing,
    DocumentId Document,
    SealId Seal,
    long SealVersion,
    int Edition,
    OrganisationId Organisation,
    CertificateId Certificate,
    KeyAlgorithm Algorithm,
    int Page,
    decimal XMm,
    decimal YMm,
    DateTimeOffset At,
    IReadOnlyList<Placing>? Further = null,
    int? Certify = null);

/// <summary>Put the impression into the document and say what the device has to sign.</summary>
/// <param name="Signature">The signature.</param>
public sealed record PrepareSignature(DeviceSignature Signature) : IEffect;

/// <summary>What the device has to sign.</summary>
/// <param name="SignedAttributes">The signed attributes (RFC 5652 §5.4) or TBS_Sign (GB/T 38540), DER in base64; a full stop stands for the edition's seal data.</param>
public sealed record SignaturePrepared(string SignedAttributes) : IOutcome;

/// <summary>See whether the device's signature fits and put it into the document; keep the file back until the signing is recorded.</summary>
/// <param name="Signature">The signature.</param>
/// <param name="SignedAttributes">What the device was given to sign, as it was kept.</param>
/// <param name="Value">What it answered, base64.</param>
public sealed record FinishSignature(DeviceSignature Signature, string SignedAttributes, string Value) : IEffect;

/// <summary>The certificate's key did not make this signature over what was given to it.</summary>
public sealed record SignatureForeign : IOutcome;

/// <summary>Somebody else is finishing the same signing at this moment.</summary>
public sealed record SignatureUnderWay : IOutcome;
