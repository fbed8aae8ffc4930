using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

public sealed class HostileInputTests
{
    private readonly Parties _parties = Parties.Shared;

    [Fact]
    public void Damaged_seals_and_signatures_never_fail_otherwise_than_as_documented()
    {
        var random = new Random(20260102);
        byte[][] seals = [_parties.MakeSeal().RawData.ToArray(), new Forms().SealData(), new Forms { Version = 5, SealTimeStamp = [0x30, 0] }.SealData()];
        byte[][] signatures = [SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey).RawData.ToArray(), new Forms().Signature1()];
        var read = 0;
        for (var i = 0; i < 2_000; i++)
        {
            if (SesSealVerification.Verify(Damage(seals[i % seals.Length], random), _parties.Trust, Parties.Now).SealData is not null)
            {
                read++;
            }

            if (SesSignatureVerification.Verify(Damage(signatures[i % signatures.Length], random), _parties.Trust, new byte[32]).Signature is not null)
            {
                read++;
            }
        }

        read.ShouldBeGreaterThan(1_000, "most damage must get past the outer structure, or the inner is not tried");
    }

    [Fact]
    public void A_cut_off_seal_is_refused_at_every_length()
    {
        var der = _parties.MakeSeal().RawData;
        for (var length = 0; length < der.Length; length++)
        {
            var cut = der[..length];
            Should.Throw<SesFormatException>(() => SesSealData.Parse(cut));
        }
    }

    [Fact]
    public void Bytes_behind_the_structure_are_refused() =>
        Should.Throw<SesFormatException>(() => SesSealData.Parse((byte[])[.. _parties.MakeSeal().RawData.Span, 0]));

    [Fact]
    public void More_than_the_bounds_allow_is_refused_with_the_bound_named()
    {
        var der = _parties.MakeSeal().RawData;
        Should.Throw<SesFormatException>(() => SesSealData.Parse(der, new SesReadOptions { MaximumBytes = 100 })).Message.ShouldContain("100");
        var many = new Forms { CertList = list => { for (var i = 0; i < 300; i++) { list.WriteOctetString([]); } } }.SealData();
        Should.Throw<SesFormatException>(() => SesSealData.Parse(many)).Message.ShouldContain("256");
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var rounds = random.Next(1, 4); rounds > 0; rounds--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes[random.Next(Math.Min(64, bytes.Count))] = (byte)random.Next(256);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
