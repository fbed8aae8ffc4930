using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Judging;
using Seal.Documents.Tests.Ses;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Signatures that others write and we do not.</summary>
public sealed class OfdOtherKindsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Seals_of_every_version_pass(int version)
    {
        var package = await WithoutSealFile();
        Forms forms = new() { Version = version, DataHash = Sm3.HashData(package[Package.Signature]) };
        package[Package.Value] = version == 1 ? forms.Signature1() : forms.Signature4();
        var options = OfdSamples.Options with
        {
            TrustAnchors = [Parties.Shared.Root],
            SealMakerAnchors = [Parties.Shared.Root],
            Revocation = RevocationEvidence.NotRequired,
        };
        var judgement = await OfdSamples.Judge(package.Zip(), options);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures[0].SealData!.Version.ShouldBe(version);

        package.Replace(Package.Page, "1,000.00", "9,000.00");
        (await OfdSamples.Judge(package.Zip(), options)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task A_signature_value_alone_is_judged_by_certificates_from_elsewhere()
    {
        var package = await WithoutSealFile();
        package[Package.Value] = OfdSamples.Company.Key.Sign(package[Package.Signature]);
        var alone = await OfdSamples.Judge(package.Zip());
        (alone.Verdict, alone.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.NoSigningCertificateFound), alone.Tell());
        alone.Signatures[0].Kind.ShouldBe(SignatureKind.BareSignature);

        var options = OfdSamples.Options with { Intermediates = [OfdSamples.Authority.Issuing, OfdSamples.Company.Certificate] };
        var judgement = await OfdSamples.Judge(package.Zip(), options);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());

        // r and s one after the other, as some devices give them.
        var pair = new AsnReader(package[Package.Value], AsnEncodingRules.DER).ReadSequence();
        package[Package.Value] = [.. Fixed(pair), .. Fixed(pair)];
        (await OfdSamples.Judge(package.Zip(), options)).Verdict.ShouldBe(Verdict.TotalPassed);
        package[Package.Value][10] ^= 1;
        (await OfdSamples.Judge(package.Zip(), options)).SubIndication.ShouldBe(SubIndication.NoSigningCertificateFound);
    }

    [Theory]
    [InlineData(CmsFormat.Gm, false, false)]
    [InlineData(CmsFormat.Gm, true, false)]
    [InlineData(CmsFormat.Gm, true, true)]
    [InlineData(CmsFormat.Cms, false, false)]
    [InlineData(CmsFormat.Cms, true, true)]
    public async Task Signed_data_pass_with_the_digest_inside_or_not(CmsFormat format, bool enclosed, bool digestOfDigest)
    {
        var package = await WithoutSealFile();
        var digest = Sm3.HashData(package[Package.Signature]);
        var type = format == CmsFormat.Gm ? "1.2.156.10197.6.1.4.2.1" : "1.2.840.113549.1.7.1";
        CmsRequest request = new()
        {
            MessageDigest = digestOfDigest ? Sm3.HashData(digest) : digest,
            Algorithm = SignatureAlgorithm.Sm2Sm3,
            SignerCertificate = OfdSamples.Company.Certificate,
            Chain = [OfdSamples.Authority.Issuing],
            Content = enclosed ? new CmsEnclosed(type, digest) : null,
            Format = format,
        };
        package[Package.Value] = CmsSignedData.Create(request, OfdSamples.Company.Key);
        var judgement = await OfdSamples.Judge(package.Zip());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());

        package.Replace(Package.Signature, "ProviderName=\"Seal\"", "ProviderName=\"Else\"");
        (await OfdSamples.Judge(package.Zip())).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signed_data_without_attributes_pass_over_the_file_or_its_digest(bool overDigest)
    {
        var package = await WithoutSealFile();
        var content = package[Package.Signature];
        var digest = Sm3.HashData(content);
        package[Package.Value] = WithoutAttributes(overDigest ? digest : null, OfdSamples.Company.Key.Sign(overDigest ? digest : content));
        var judgement = await OfdSamples.Judge(package.Zip());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());

        package.Replace(Package.Signature, "ProviderName=\"Seal\"", "ProviderName=\"Else\"");
        var changed = await OfdSamples.Judge(package.Zip());
        changed.SubIndication.ShouldBe(overDigest ? SubIndication.HashFailure : SubIndication.SigCryptoFailure, changed.Tell());
    }

    [Theory]
    [InlineData("SM3", false)]
    [InlineData("sm3", false)]
    [InlineData("1.2.156.10197.1.401.1", false)]
    [InlineData("1.2.156.10197.1.401.2", true)]
    [InlineData("1.2.156.10197.1.401.2", false)]
    public async Task Every_name_of_SM3_is_understood(string name, bool withIdentity)
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        var z = withIdentity ? Sm2Digest.Z(OfdSamples.Company.Key.SubjectPublicKeyInfo, Sm2Digest.DefaultIdentity) : [];
        foreach (var (file, content) in package.Files.Where(file => package.Text(Package.Signature).Contains("/" + file.Name, StringComparison.Ordinal)).ToArray())
        {
            if (file is not (Package.Signature or Package.Value))
            {
                package.Replace(Package.Signature, Convert.ToBase64String(Sm3.HashData(content)), Convert.ToBase64String(Sm3.HashData([.. z, .. content])));
            }
        }

        package.Replace(Package.Signature, "CheckMethod=\"1.2.156.10197.1.401\"", $"CheckMethod=\"{name}\"").SignAgain();
        var judgement = await OfdSamples.Judge(package.Zip());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        package.Replace(Package.Page, "1,000.00", "9,000.00");
        (await OfdSamples.Judge(package.Zip())).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task What_vendors_do_otherwise_is_read_and_noted()
    {
        var package = await WithoutSealFile();
        package.Replace(Package.List, " Type=\"Seal\"", "").Replace(Package.List, "\"/Doc_0/Signs/Sign_0/Signature.xml\"", "\"Sign_0/Signature.xml\"")
            .Replace(Package.List, "http://www.ofdspec.org/2016", "http://www.ofdspec.org")
            .Replace(Package.List, "<ofd:MaxSignId>", "<ofd:MaxSignId>s009</ofd:MaxSignId><ofd:MaxSignId>")
            .Replace(Package.Signature, "FileRef=\"/Doc_0/Document.xml\"", "FileRef=\"Doc_0/Document.xml\"")
            .Replace(Package.Signature, "FileRef=\"/Doc_0/PublicRes.xml\"", "FileRef=\"/Doc_0/PUBLICRES.xml\"")
            .Replace(Package.Signature, "<ofd:SignedValue>/Doc_0/Signs/Sign_0/SignedValue.dat</ofd:SignedValue>", "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue>")
            .SignAgain();
        package[Package.Value] = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(package[Package.Value]));
        var judgement = await OfdSamples.Judge(package.Zip());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures[0].Row(CheckName.Structure).Evidence["notes"].ShouldSatisfyAllConditions(
            notes => notes.ShouldContain("namespace"),
            notes => notes.ShouldContain("PUBLICRES"),
            notes => notes.ShouldContain("Base64"),
            notes => notes.ShouldContain("not absolute"));
    }

    [Fact]
    public async Task A_digest_of_the_signature_file_with_the_signers_identity_before_it_is_understood()
    {
        var package = await WithoutSealFile();
        var z = Sm2Digest.Z(OfdSamples.Company.Key.SubjectPublicKeyInfo, Sm2Digest.DefaultIdentity);
        package.SignAgain(digest: Sm3.HashData([.. z, .. package[Package.Signature]]));
        (await OfdSamples.Judge(package.Zip())).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    private static async Task<Package> WithoutSealFile()
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        OfdAttackTests.DropReference(package, "/" + Package.SealFile);
        return package.Remove(Package.SealFile)
            .Replace(Package.Signature, "<ofd:Seal><ofd:BaseLoc>/Doc_0/Signs/Sign_0/Seal.esl</ofd:BaseLoc></ofd:Seal>", "").SignAgain();
    }

    private static byte[] Fixed(AsnReader pair)
    {
        var number = pair.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - number.Length], .. number];
    }

    /// <summary>GB/T 35275 SignedData as the common open library for OFD writes it: version 1, no attributes.</summary>
    private static byte[] WithoutAttributes(byte[]? content, byte[] signature)
    {
        var certificate = OfdSamples.Company.Certificate;
        return Forms.Encode(w => Forms.Sequence(w, () =>
        {
            w.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.2");
            using var tagged = w.PushSequence(Forms.Context0);
            Forms.Sequence(w, () =>
            {
                w.WriteInteger(1);
                using (w.PushSetOf())
                {
                    Forms.Sequence(w, () => w.WriteObjectIdentifier("1.2.156.10197.1.401"));
                }

                Forms.Sequence(w, () =>
                {
                    w.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.1");
                    if (content is not null)
                    {
                        using var inner = w.PushSequence(Forms.Context0);
                        w.WriteOctetString(content);
                    }
                });
                using (w.PushSetOf(Forms.Context0))
                {
                    w.WriteEncodedValue(certificate.RawData.Span);
                }

                using var signers = w.PushSetOf();
                Forms.Sequence(w, () =>
                {
                    w.WriteInteger(1);
                    Forms.Sequence(w, () =>
                    {
                        w.WriteEncodedValue(certificate.Issuer.RawData.Span);
                        w.WriteInteger(certificate.SerialNumber.Span);
                    });
                    Forms.Sequence(w, () => w.WriteObjectIdentifier("1.2.156.10197.1.401"));
                    Forms.Sequence(w, () => w.WriteObjectIdentifier("1.2.156.10197.1.301.1"));
                    w.WriteOctetString(signature);
                });
            });
        }));
    }
}
