using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

public sealed class SignatureTests
{
    private readonly Parties _parties = Parties.Shared;

    [Fact]
    public void A_sealed_document_passes_every_step()
    {
        var request = _parties.SignatureRequest();
        var signature = SesSignature.Create(request, _parties.Signer, _parties.SignerKey);
        (signature.Version, signature.SignedAt, signature.PropertyInfo).ShouldBe((4, Parties.Now, request.PropertyInfo));
        signature.DataHash.ToArray().ShouldBe(request.DataHash.ToArray());
        signature.Extensions.Single().Oid.ShouldBe("1.3.6.1.4.1.99999.1");
        signature.SealData.RawData.ToArray().ShouldBe(request.SealData.RawData.ToArray());
        var answer = SesSignatureVerification.Verify(signature.RawData, _parties.Trust, request.DataHash);
        answer.Outcome.ShouldBe(SesOutcome.Passed);
        answer.Findings.Select(f => f.Step).ShouldBe(
            [SesStep.Format, SesStep.SignatureValue, SesStep.SignerListed, SesStep.SealData, SesStep.SignerCertificate, SesStep.DataHash]);
        answer.Signer.ShouldBe(_parties.Signer);
    }

    [Fact]
    public void BouncyCastle_and_openssl_accept_it()
    {
        var signature = SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey);
        BouncyCastleOpinion.AcceptsSignature4(signature.RawData).ShouldBeTrue();
        using var openSsl = new OpenSslTool();
        openSsl.Accepts(_parties.Signer, signature.TbsBytes, signature.Signature).ShouldBeTrue();
        openSsl.AsnParse(signature.RawData).ShouldContain("/Doc_0/Signs/Sign_0/Signature.xml");
    }

    [Fact]
    public void A_key_on_another_device_signs_in_two_steps_with_a_time_stamp_added()
    {
        var toSign = SesSignature.EncodeToSign(_parties.SignatureRequest());
        var value = _parties.SignerKey.Sign(toSign);
        var signature = SesSignature.Parse(SesSignature.Complete(toSign, _parties.Signer, value, new byte[] { 0x30, 0 }).RawData);
        signature.TbsBytes.ToArray().ShouldBe(toSign);
        signature.TimeStamp!.Value.ToArray().ShouldBe([0x30, 0]);
        Should.Throw<SesFormatException>(() => SesSignature.Complete(toSign, _parties.Maker, value));
    }

    [Fact]
    public void Another_documents_hash_fails_and_none_leaves_it_unknown()
    {
        var signature = SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey);
        Decided(SesSignatureVerification.Verify(signature, _parties.Trust, new byte[32]), SesStep.DataHash, SesReason.HashDiffers);
        SesSignatureVerification.Verify(signature, _parties.Trust, null).Decisive.ShouldBe(
            new SesFinding(SesStep.DataHash, SesOutcome.Unknown, SesReason.HashNotGiven));
    }

    [Fact]
    public void A_changed_byte_breaks_the_signature()
    {
        var der = SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey).RawData.ToArray();
        der[der.AsSpan().LastIndexOf("Sign_0"u8)] ^= 1;
        Decided(Verify(der), SesStep.SignatureValue, SesReason.SignatureWrong);
    }

    [Fact]
    public void A_signer_the_seal_does_not_list_fails_though_the_signature_is_good()
    {
        var (certificate, key) = _parties.Issue(CertificateProfile.Organisation, "别家公司");
        Decided(Verify(SesSignature.Create(_parties.SignatureRequest(), certificate, key).RawData), SesStep.SignerListed, SesReason.SignerNotListed);
    }

    [Fact]
    public void A_document_sealed_outside_the_seals_validity_fails()
    {
        var request = _parties.SignatureRequest() with { SignedAt = Parties.Start.AddDays(5) };
        var answer = Verify(SesSignature.Create(request, _parties.Signer, _parties.SignerKey).RawData);
        Decided(answer, SesStep.SealData, SesReason.SealNotInOrder);
        answer.SealData!.Decisive.Reason.ShouldBe(SesReason.SealNotYetValid);
    }

    [Fact]
    public void A_proven_time_counts_before_the_claimed_one()
    {
        var signature = SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey);
        var answer = SesSignatureVerification.Verify(signature, _parties.Trust, signature.DataHash, provenTime: Parties.Start.AddYears(4));
        answer.Findings.Single(f => f.Step == SesStep.SignerCertificate).Reason.ShouldBe(SesReason.CertificateExpired);
        answer.SealData!.Decisive.Reason.ShouldBe(SesReason.CertificateExpired);
    }

    [Fact]
    public void A_signer_revoked_before_signing_fails_and_one_revoked_after_does_not()
    {
        var signature = SesSignature.Create(_parties.SignatureRequest(), _parties.Signer, _parties.SignerKey);
        Decided(
            SesSignatureVerification.Verify(signature, _parties.TrustAfterRevoking(_parties.Signer, Parties.Now.AddDays(-1)), signature.DataHash),
            SesStep.SignerCertificate, SesReason.CertificateRevoked);
        SesSignatureVerification.Verify(signature, _parties.TrustAfterRevoking(_parties.Signer, Parties.Now.AddDays(1)), signature.DataHash)
            .Outcome.ShouldBe(SesOutcome.Passed);
    }

    [Theory]
    [InlineData("2026-04-11T00:00:00.123Z", 123)]
    [InlineData("260411000000Z", 0)]
    [InlineData("\u0017\u000D260411000000Z", 0)]
    public void A_version_1_signature_is_read_with_its_time_in_any_known_form(string timeInfo, int milliseconds)
    {
        var der = new Forms { TimeInfo = System.Text.Encoding.Latin1.GetBytes(timeInfo) }.Signature1();
        var answer = SesSignatureVerification.Verify(der, _parties.Trust, new byte[32]);
        answer.Outcome.ShouldBe(SesOutcome.Passed);
        answer.Signature!.SignedAt.ShouldBe(Parties.Now.AddMilliseconds(milliseconds));
    }

    [Fact]
    public void A_version_1_signature_with_a_token_for_its_time_waits_for_a_proven_one()
    {
        var der = new Forms { TimeInfo = [0x30, 3, 2, 1, 1] }.Signature1();
        var answer = SesSignatureVerification.Verify(der, _parties.Trust, new byte[32]);
        (answer.Outcome, answer.Decisive.Reason).ShouldBe((SesOutcome.Unknown, SesReason.TimeUnknown));
        SesSignatureVerification.Verify(der, _parties.Trust, new byte[32], provenTime: Parties.Now).Outcome.ShouldBe(SesOutcome.Passed);
    }

    [Fact]
    public void Documents_are_sealed_with_version_4_only()
    {
        var old = SesSealData.Parse(new Forms().SealData());
        Should.Throw<SesFormatException>(() => SesSignature.EncodeToSign(_parties.SignatureRequest(old))).Message.ShouldContain("version 1");
        Should.Throw<SesFormatException>(() => SesSignature.EncodeToSign(_parties.SignatureRequest() with { DataHash = new byte[20] }));
        Should.Throw<SesFormatException>(() => SesSignature.EncodeToSign(_parties.SignatureRequest() with { PropertyInfo = "/文/档" }));
    }

    private SesSignatureVerification Verify(ReadOnlyMemory<byte> der) =>
        SesSignatureVerification.Verify(der, _parties.Trust, _parties.SignatureRequest().DataHash);

    private static void Decided(SesSignatureVerification answer, SesStep step, string reason) =>
        (answer.Decisive.Step, answer.Outcome, answer.Decisive.Reason).ShouldBe((step, SesOutcome.Failed, reason));
}
