using System.Formats.Asn1;

namespace Seal.Documents.Tests.Ses;

/// <summary>
/// Writes the forms that the product reads but never writes, part by part from the standards: every property is a part
/// that a test may replace.
/// </summary>
internal sealed record Forms
{
    public static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, true);

    private readonly Parties _parties = Parties.Shared;

    public int Version { get; init; } = 1;

    public Action<AsnWriter>? CertList { get; init; }

    public int CertListType { get; init; } = 1;

    public Action<AsnWriter>? SealExtensions { get; init; }

    public string Algorithm { get; init; } = "1.2.156.10197.1.501";

    public bool SignAsOtherLayout { get; init; }

    public byte[]? SealTimeStamp { get; init; }

    public byte[] TimeInfo { get; init; } = "2026-04-11T00:00:00.123Z"u8.ToArray();

    public byte[] DataHash { get; init; } = new byte[32];

    private bool IsOld => Version < 4;

    public byte[] SealData()
    {
        var info = SealInfo();
        var extended = Encode(w => Sequence(w, () =>
        {
            w.WriteEncodedValue(info);
            w.WriteOctetString(_parties.Maker.RawData.Span);
            w.WriteObjectIdentifier(Algorithm);
        }));
        var signature = _parties.MakerKey.Sign(IsOld != SignAsOtherLayout ? extended : info);
        return Encode(w => Sequence(w, () =>
        {
            w.WriteEncodedValue(info);
            if (IsOld)
            {
                Sequence(w, MakerPart);
            }
            else
            {
                MakerPart();
            }

            if (SealTimeStamp is null)
            {
                return;
            }

            using var tagged = w.PushSequence(Context0);
            w.WriteBitString(SealTimeStamp);

            void MakerPart()
            {
                w.WriteOctetString(_parties.Maker.RawData.Span);
                w.WriteObjectIdentifier(Algorithm);
                w.WriteBitString(signature);
            }
        }));
    }

    /// <summary>SES_Signature of version 1: signer and algorithm are inside what is signed, timeInfo is a BIT STRING.</summary>
    public byte[] Signature1()
    {
        var tbs = Encode(w => Sequence(w, () =>
        {
            w.WriteInteger(1);
            w.WriteEncodedValue(SealData());
            w.WriteBitString(TimeInfo);
            w.WriteBitString(DataHash);
            w.WriteCharacterString(UniversalTagNumber.IA5String, "/Doc_0/Signs/Sign_0/Signature.xml");
            w.WriteOctetString(_parties.Signer.RawData.Span);
            w.WriteObjectIdentifier(Algorithm);
        }));
        return Encode(w => Sequence(w, () =>
        {
            w.WriteEncodedValue(tbs);
            w.WriteBitString(_parties.SignerKey.Sign(tbs));
        }));
    }

    /// <summary>SES_Signature of versions 4 and 5: signer and algorithm stand outside of what is signed.</summary>
    public byte[] Signature4()
    {
        var tbs = Encode(w => Sequence(w, () =>
        {
            w.WriteInteger(Version);
            w.WriteEncodedValue(SealData());
            w.WriteGeneralizedTime(Parties.Now, omitFractionalSeconds: true);
            w.WriteBitString(DataHash);
            w.WriteCharacterString(UniversalTagNumber.IA5String, "/Doc_0/Signs/Sign_0/Signature.xml");
        }));
        return Encode(w => Sequence(w, () =>
        {
            w.WriteEncodedValue(tbs);
            w.WriteOctetString(_parties.Signer.RawData.Span);
            w.WriteObjectIdentifier(Algorithm);
            w.WriteBitString(_parties.SignerKey.Sign(tbs));
        }));
    }

    public static void Sequence(AsnWriter writer, Action content)
    {
        using var scope = writer.PushSequence();
        content();
    }

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private byte[] SealInfo() => Encode(w => Sequence(w, () =>
    {
        Sequence(w, () =>
        {
            w.WriteCharacterString(UniversalTagNumber.IA5String, "ES");
            w.WriteInteger(Version);
            w.WriteCharacterString(UniversalTagNumber.IA5String, "FORMS");
        });
        w.WriteCharacterString(UniversalTagNumber.IA5String, "ESID-1");
        Sequence(w, () =>
        {
            w.WriteInteger(1);
            w.WriteCharacterString(UniversalTagNumber.UTF8String, "测试章");
            if (!IsOld)
            {
                w.WriteInteger(CertListType);
            }

            Sequence(w, () => (CertList ?? (list => list.WriteOctetString(_parties.Signer.RawData.Span)))(w));
            foreach (var time in (DateTimeOffset[])[Parties.Start, Parties.Start, Parties.Start.AddYears(2)])
            {
                if (IsOld)
                {
                    w.WriteUtcTime(time);
                }
                else
                {
                    w.WriteGeneralizedTime(time, omitFractionalSeconds: true);
                }
            }
        });
        Sequence(w, () =>
        {
            w.WriteCharacterString(UniversalTagNumber.IA5String, "png");
            w.WriteOctetString([1, 2, 3]);
            w.WriteInteger(40);
            w.WriteInteger(30);
        });
        SealExtensions?.Invoke(w);
    }));
}
