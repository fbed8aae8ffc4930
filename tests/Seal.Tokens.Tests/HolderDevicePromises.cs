using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Tokens.Tests;

/// <summary>One life of a holder's device, the same through either driver.</summary>
internal static class HolderDevicePromises
{
    /// <param name="device">Empty, signed in, able to sign with SM2.</param>
    /// <param name="pin">Its user PIN.</param>
    /// <param name="officerPin">Its security officer's PIN.</param>
    public static void Keeps(IHolderDevice device, string pin, string officerPin)
    {
        var signer = device.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
        var certificate = EmbeddedAuthority.Establish(
            new EmbeddedAuthorityOptions { Organization = "Seal", Algorithms = [SignatureAlgorithm.Sm2Sm3] }, (_, _) => signer, [], TimeProvider.System).RootCertificates[0];
        device.WriteCertificate("seal", certificate);
        using var stranger = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var strangers = EmbeddedAuthority.Establish(
            new EmbeddedAuthorityOptions { Organization = "Seal", Algorithms = [SignatureAlgorithm.Sm2Sm3] }, (_, _) => stranger, [], TimeProvider.System).RootCertificates[0];
        Should.Throw<InvalidOperationException>(() => device.WriteCertificate("seal", strangers)).Message.ShouldContain("is for another key");
        device.WriteData("seal", "data"u8);

        device.SignOut();
        Should.Throw<TokenException>(() => signer.Sign("m"u8)).Failure.ShouldBe(TokenFailure.NotSignedIn);
        device.ReadData("seal").ShouldBe("data"u8.ToArray());
        device.ReadData("nothing").ShouldBeNull();
        device.ReadCertificate("seal").ShouldBe(certificate);

        using TokenPin old = new(pin), officer = new(officerPin), fresh = new("246810"), wrong = new("999999");
        device.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
        device.UserPin().Tries.ShouldBe(PinTries.Fewer);
        device.ChangePin(old, fresh).ShouldBe(PinOutcome.Accepted);
        device.SignIn(old).ShouldBe(PinOutcome.Wrong);
        device.Unblock(officer, old).ShouldBe(PinOutcome.Accepted);
        device.SignIn(old).ShouldBe(PinOutcome.Accepted);
        device.UserPin().Tries.ShouldBe(PinTries.All);

        var entry = device.Entries().ShouldHaveSingleItem();
        (entry.Label, entry.HasPrivateKey, entry.Certificate).ShouldBe(("seal", true, certificate));
        var found = device.FindSigner("seal", SignatureAlgorithm.Sm2Sm3).ShouldNotBeNull();
        foreach (var each in (ISigner[])[signer, found, device.OpenSigner(entry, SignatureAlgorithm.Sm2Sm3)])
        {
            Signatures.Verify(SignatureAlgorithm.Sm2Sm3, certificate.SubjectPublicKeyInfo, "m"u8, each.Sign("m"u8)).ShouldBeTrue();
        }

        device.FindSigner("nothing", SignatureAlgorithm.Sm2Sm3).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => device.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3));
        device.Random(16).ShouldNotBe(device.Random(16));
    }
}
