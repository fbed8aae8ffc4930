using System.Text;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>Certificates and data on a token, and the list of what is there.</summary>
internal sealed class TokenObjects(Token token)
{
    /// <summary>CKA_APPLICATION of our data objects.</summary>
    private static ReadOnlySpan<byte> Application => "Seal"u8;

    public IReadOnlyList<DeviceEntry> Entries() => token.Use(session =>
    {
        var found = new List<Found>();
        foreach (var objectClass in (nuint[])[Ck.ObjectClass.PrivateKey, Ck.ObjectClass.PublicKey, Ck.ObjectClass.Certificate])
        {
            foreach (var handle in session.Find(new AttributeTemplate().With(Ck.Attribute.Class, objectClass)))
            {
                found.Add(new Found(
                    objectClass,
                    handle,
                    Encoding.UTF8.GetString(session.GetIfAny(handle, Ck.Attribute.Label)),
                    session.GetIfAny(handle, Ck.Attribute.Id)));
            }
        }

        // The id ties key and certificate together (§4.6.3); where there is none, the label has to.
        return (IReadOnlyList<DeviceEntry>)
        [
            .. found.GroupBy(static one => one.Id.Length > 0 ? Convert.ToHexString(one.Id) : "label " + one.Label)
                .Select(group => Describe(session, [.. group])),
        ];
    });

    public void WriteCertificate(string label, Certificate certificate)
    {
        CertificateFit.Require(token, label, PublicKeyOf(label), certificate);
        var serial = new byte[certificate.SerialNumber.Length + 2];
        serial[0] = 0x02; // CKA_SERIAL_NUMBER is the DER INTEGER; serial numbers are shorter than 128 bytes
        serial[1] = checked((byte)certificate.SerialNumber.Length);
        certificate.SerialNumber.CopyTo(serial.AsMemory(2));
        Replace(
            () => Token.Labelled(Ck.ObjectClass.Certificate, label),
            certificate.RawData,
            fresh => fresh
                .With(Ck.Attribute.CertificateType, (nuint)0)
                .With(Ck.Attribute.Subject, certificate.Subject.RawData.Span)
                .With(Ck.Attribute.Issuer, certificate.Issuer.RawData.Span)
                .With(Ck.Attribute.SerialNumber, serial));
    }

    public Certificate? ReadCertificate(string label) =>
        Read(Token.Labelled(Ck.ObjectClass.Certificate, label)) is { } der ? Certificate.Parse(der) : null;

    public void WriteData(string label, byte[] data) => Replace(() => Data(label), data, static _ => { });

    public byte[]? ReadData(string label) => Read(Data(label));

    private static AttributeTemplate Data(string label) => new AttributeTemplate()
        .With(Ck.Attribute.Class, Ck.ObjectClass.Data)
        .With(Ck.Attribute.Application, Application)
        .With(Ck.Attribute.Label, Encoding.UTF8.GetBytes(label));

    private static DeviceEntry Describe(TokenSession session, Found[] group)
    {
        var certificate = group.Where(static one => one.Class == Ck.ObjectClass.Certificate)
            .Select(one => TryParse(session.GetIfAny(one.Handle, Ck.Attribute.Value))).FirstOrDefault();
        var publicKey = group.FirstOrDefault(static one => one.Class == Ck.ObjectClass.PublicKey);
        return new DeviceEntry(
            group.Select(static one => one.Label).FirstOrDefault(static label => label.Length > 0) ?? "",
            group[0].Id,
            Array.Exists(group, static one => one.Class == Ck.ObjectClass.PrivateKey),
            publicKey is null ? certificate?.SubjectPublicKeyInfo ?? default : TokenPublicKey.Read(session, publicKey.Handle),
            certificate);
    }

    /// <summary>A certificate that is none does not hide the other objects.</summary>
    private static Certificate? TryParse(byte[] der)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (DerFormatException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> PublicKeyOf(string label) => token.Use(session =>
        session.Find(Token.Labelled(Ck.ObjectClass.PublicKey, label)) is [var handle, ..] ? TokenPublicKey.Read(session, handle) : ReadOnlyMemory<byte>.Empty);

    private byte[]? Read(AttributeTemplate template) => token.Use(session =>
        session.Find(template) is [var handle, ..] ? session.Get(handle, Ck.Attribute.Value) : null);

    /// <summary>Writes the new object before it destroys the old ones, so that a full token or a pull leaves one of them.</summary>
    private void Replace(Func<AttributeTemplate> which, ReadOnlyMemory<byte> content, Action<AttributeTemplate> fill) => token.Change(session =>
    {
        var old = session.Find(which());
        var fresh = which().With(Ck.Attribute.Token, true).With(Ck.Attribute.Private, false).With(Ck.Attribute.Value, content.Span);
        fill(fresh);
        var written = Create(session, fresh, content);
        foreach (var handle in old)
        {
            session.DestroyObject(handle);
        }

        return written;
    });

    // Seal data with their picture are larger than much that tokens are tried with: makers answer differently, and some cut them off without a word.
    private nuint Create(TokenSession session, AttributeTemplate fresh, ReadOnlyMemory<byte> content)
    {
        nuint written;
        try
        {
            written = session.CreateObject(fresh);
        }
        catch (TokenException refused) when (refused.Result is CkResult.DeviceMemory or CkResult.HostMemory or CkResult.AttributeValueInvalid)
        {
            throw new TokenException(token.ToString(), $"C_CreateObject of {content.Length} bytes", refused.Result.Value);
        }
        catch (TokenException refused) when (refused.Result is CkResult.DataLenRange)
        {
            throw TooLarge(content, refused.Code);
        }

        if (session.Get(written, Ck.Attribute.Value) is var kept && !kept.AsSpan().SequenceEqual(content.Span))
        {
            session.DestroyObject(written);
            throw TooLarge(content, $"it kept {kept.Length}");
        }

        return written;
    }

    private TokenException TooLarge(ReadOnlyMemory<byte> content, string told) =>
        new(token.ToString(), TokenFailure.Full, $"it takes no object of {content.Length} bytes ({told}); what it had is untouched");

    private sealed record Found(nuint Class, nuint Handle, string Label, byte[] Id);
}
