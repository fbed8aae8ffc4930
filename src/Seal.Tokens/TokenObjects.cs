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
            fresh => fresh
                .With(Ck.Attribute.CertificateType, (nuint)0)
                .With(Ck.Attribute.Subject, certificate.Subject.RawData.Span)
                .With(Ck.Attribute.Issuer, certificate.Issuer.RawData.Span)
                .With(Ck.Attribute.SerialNumber, serial)
                .With(Ck.Attribute.Value, certificate.RawData.Span));
    }

    public Certificate? ReadCertificate(string label) =>
        Read(Token.Labelled(Ck.ObjectClass.Certificate, label)) is { } der ? Certificate.Parse(der) : null;

    public void WriteData(string label, byte[] data) => Replace(() => Data(label), fresh => fresh.With(Ck.Attribute.Value, data));

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
    private void Replace(Func<AttributeTemplate> which, Action<AttributeTemplate> fill) => token.Change(session =>
    {
        var old = session.Find(which());
        var fresh = which().With(Ck.Attribute.Token, true).With(Ck.Attribute.Private, false);
        fill(fresh);
        var written = session.CreateObject(fresh);
        foreach (var handle in old)
        {
            session.DestroyObject(handle);
        }

        return written;
    });

    private sealed record Found(nuint Class, nuint Handle, string Label, byte[] Id);
}
