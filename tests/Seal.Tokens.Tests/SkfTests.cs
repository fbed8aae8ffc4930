using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens.Skf;
using Seal.Tokens.SoftHsm;

namespace Seal.Tokens.Tests;

/// <summary>The SKF driver on a device of our own test code (SkfDevice/skf_device.c), PIN 123456, administrator's PIN 12345678.</summary>
public sealed class SkfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-skf-").FullName;
    private readonly SkfLibrary _library;

    public SkfTests(CompiledDevices devices)
    {
        NativeEnvironment.Set("SEAL_SKF_DEVICE_FOLDER", _folder);
        _library = SkfLibrary.Load(devices.NewSkf(_folder));
        File.WriteAllText(Device("UKEY-1"), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public unsafe void Structures_are_as_long_as_the_standard_says()
    {
        sizeof(SkfDeviceInfo).ShouldBe(294 + 64, "packed to the byte; 64 more for makers that pad");
        sizeof(SkfEccPublicKey).ShouldBe(132);
        sizeof(SkfEccSignature).ShouldBe(128);
    }

    [Fact]
    public void Devices_are_listed_with_their_applications()
    {
        File.WriteAllText(Device("UKEY-2"), "");
        var devices = _library.Devices();
        devices.Select(static device => device.Name).ShouldBe(["UKEY-1", "UKEY-2"], ignoreOrder: true);
        var one = devices.Single(static device => device.Name == "UKEY-1");
        (one.Label, one.SerialNumber, one.Manufacturer, one.Issuer).ShouldBe(("UKey", "SN-UKEY-1", "Seal tests", "Seal tests, too"));
        (one.HardwareVersion, one.FirmwareVersion).ShouldBe(("2.0", "0.7"));
        one.Applications.ShouldBe(["SEAL"]);
        File.Delete(Device("UKEY-1"));
        File.Delete(Device("UKEY-2"));
        _library.Devices().ShouldBeEmpty();
    }

    [Fact]
    public void A_key_made_on_the_device_signs_there_and_its_certificate_lies_beside_it()
    {
        using var token = SignedIn();
        token.Entries().ShouldBeEmpty();
        var signer = token.GenerateSigner("公章", SignatureAlgorithm.Sm2Sm3);
        for (var i = 0; i < 40; i++) // some r and s have leading zeros
        {
            var message = RandomNumberGenerator.GetBytes(100);
            Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, message, signer.Sign(message)).ShouldBeTrue();
        }

        var certificate = EmbeddedAuthority.Establish(
            new EmbeddedAuthorityOptions { Organization = "Seal", Algorithms = [SignatureAlgorithm.Sm2Sm3] }, (_, _) => signer, [], TimeProvider.System).RootCertificates[0];
        token.ReadCertificate("公章").ShouldBeNull();
        token.ReadCertificate("another").ShouldBeNull();
        token.WriteCertificate("公章", certificate);
        token.ReadCertificate("公章").ShouldBe(certificate);

        var found = token.FindSigner("公章", SignatureAlgorithm.Sm2Sm3).ShouldNotBeNull();
        found.SubjectPublicKeyInfo.ToArray().ShouldBe(signer.SubjectPublicKeyInfo.ToArray());
        token.FindSigner("another", SignatureAlgorithm.Sm2Sm3).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => token.GenerateSigner("公章", SignatureAlgorithm.Sm2Sm3));
        Should.Throw<ArgumentException>(() => token.GenerateSigner("rsa", SignatureAlgorithm.RsaPkcs1Sha256));

        var entry = token.Entries().ShouldHaveSingleItem();
        (entry.Label, entry.HasPrivateKey, entry.Certificate).ShouldBe(("公章", true, certificate));
        var random = token.Random(32);
        var answer = DeviceChallenge.Answer(token.OpenSigner(entry, SignatureAlgorithm.Sm2Sm3), random);
        DeviceChallenge.Verify(SignatureAlgorithm.Sm2Sm3, entry.SubjectPublicKeyInfo, random, answer).ShouldBeTrue();
    }

    [Fact]
    public void Wrong_pins_are_counted_on_the_device_until_it_locks_and_the_administrator_unblocks_it()
    {
        using TokenPin right = new("123456"), wrong = new("654321"), tooShort = new("1"), administrator = new("12345678"), fresh = new("112233"), withNul = new("123456\0");
        using (var token = Open())
        {
            token.UserPin().ShouldBe(new PinState(PinTries.All, 3));
            token.SignIn(tooShort).ShouldBe(PinOutcome.Unfit);
            token.SignIn(withNul).ShouldBe(PinOutcome.Unfit);
            token.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
            token.UserPin().ShouldBe(new PinState(PinTries.Fewer, 2));
        }

        using (var token = Open())
        {
            token.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
            token.UserPin().ShouldBe(new PinState(PinTries.Last, 1));
            token.SignIn(wrong).ShouldBe(PinOutcome.Locked);
            token.SignIn(right).ShouldBe(PinOutcome.Locked);
            token.UserPin().ShouldBe(new PinState(PinTries.None, 0));
            token.Unblock(wrong, fresh).ShouldBe(PinOutcome.Wrong);
            token.Unblock(administrator, tooShort).ShouldBe(PinOutcome.Unfit);
            token.Unblock(administrator, fresh).ShouldBe(PinOutcome.Accepted);
            token.SignIn(right).ShouldBe(PinOutcome.Wrong);
            token.SignIn(fresh).ShouldBe(PinOutcome.Accepted);
            token.ChangePin(wrong, right).ShouldBe(PinOutcome.Wrong);
            token.ChangePin(fresh, right).ShouldBe(PinOutcome.Accepted);
            token.UserPin().ShouldBe(new PinState(PinTries.All, 3));
        }
    }

    [Fact]
    public void Without_a_sign_in_the_device_does_not_sign_and_says_so()
    {
        using var token = SignedIn();
        var signer = token.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3);
        token.SignOut();
        var refused = Should.Throw<TokenException>(() => signer.Sign("m"u8));
        refused.Failure.ShouldBe(TokenFailure.NotSignedIn);
        refused.Code.ShouldBe("SAR_USER_NOT_LOGGED_IN");
        refused.Message.ShouldContain("SN-UKEY-1");
        token.Entries().ShouldHaveSingleItem().HasPrivateKey.ShouldBeTrue("what is on the device is no secret");
    }

    [Fact]
    public void A_device_pulled_out_is_named_and_signs_again_when_it_is_back_in_another_port()
    {
        using var token = SignedIn();
        var signer = token.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3);
        File.Move(Device("UKEY-1"), Path.Combine(_folder, "in a pocket"));
        for (var i = 0; i < 3; i++)
        {
            var absent = Should.Throw<TokenException>(() => signer.Sign("m"u8));
            absent.IsAbsent.ShouldBeTrue(absent.Message);
            absent.Message.ShouldContain("SN-UKEY-1");
        }

        File.WriteAllText(Device("UKEY-2"), ""); // somebody else's device in its place
        Should.Throw<TokenException>(() => signer.Sign("m"u8)).IsAbsent.ShouldBeTrue();
        File.Move(Path.Combine(_folder, "in a pocket"), Device("UKEY-3"));
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, "m"u8, signer.Sign("m"u8)).ShouldBeTrue();
    }

    [Fact]
    public void A_pin_changed_elsewhere_is_not_tried_again_and_again()
    {
        using TokenPin old = new("123456"), changed = new("999999");
        using var token = SignedIn();
        var signer = token.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3);
        using (var other = Open())
        {
            other.ChangePin(old, changed).ShouldBe(PinOutcome.Accepted);
        }

        File.Move(Device("UKEY-1"), Path.Combine(_folder, "away"));
        Should.Throw<TokenException>(() => signer.Sign("m"u8)).IsAbsent.ShouldBeTrue();
        File.Move(Path.Combine(_folder, "away"), Device("UKEY-1"));
        Should.Throw<TokenException>(() => signer.Sign("m"u8)).Code.ShouldBe("SAR_PIN_INCORRECT");
        Should.Throw<TokenException>(() => signer.Sign("m"u8)).Failure.ShouldBe(TokenFailure.NotSignedIn);
        token.UserPin().Remaining.ShouldBe(2, "one try is spent, not more");
    }

    [Fact]
    public void Seal_data_is_kept_on_the_device_and_readable_without_a_pin()
    {
        using var token = SignedIn();
        byte[] first = RandomNumberGenerator.GetBytes(20_000), second = RandomNumberGenerator.GetBytes(30);
        token.ReadData("seal").ShouldBeNull();
        token.WriteData("seal", first);
        token.WriteData("another", second);
        token.ReadData("seal").ShouldBe(first);
        token.WriteData("seal", second);
        token.SignOut();
        token.ReadData("seal").ShouldBe(second);
        Should.Throw<TokenException>(() => token.WriteData("seal", first)).Failure.ShouldBe(TokenFailure.NotSignedIn);
        token.ReadData("seal").ShouldBe(second);
    }

    [Fact]
    public void A_full_device_says_so_and_keeps_what_it_had()
    {
        using var token = SignedIn();
        byte[] small = [1, 2, 3];
        token.WriteData("seal", small);
        var full = Should.Throw<TokenException>(() => token.WriteData("seal", new byte[250_000]));
        full.Failure.ShouldBe(TokenFailure.Full);
        full.Code.ShouldBe("SAR_NO_ROOM");
        full.Message.ShouldContain(token.SerialNumber);
        token.ReadData("seal").ShouldBe(small);
        for (var i = 0; i < 3; i++)
        {
            token.GenerateSigner($"k{i}", SignatureAlgorithm.Sm2Sm3);
        }

        Should.Throw<TokenException>(() => token.GenerateSigner("k3", SignatureAlgorithm.Sm2Sm3)).Failure.ShouldBe(TokenFailure.Full);
        Should.Throw<TokenException>(() => token.WriteData(new string('x', 40), small)).Message.ShouldContain("name is too long");
    }

    [Fact]
    public void Many_threads_share_a_device()
    {
        using var token = SignedIn();
        var signer = token.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var message = BitConverter.GetBytes(i);
            Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, message, signer.Sign(message)).ShouldBeTrue();
        });
    }

    [Fact]
    public void A_library_that_is_no_skf_library_and_an_application_that_is_not_there_are_named()
    {
        Should.Throw<TokenException>(() => SkfLibrary.Load("libcrypto.so.3")).Message.ShouldContain("SKF_EnumDev");
        Should.Throw<DllNotFoundException>(() => SkfLibrary.Load(Path.Combine(_folder, "nothing.so")));
        using var token = _library.Open(_library.Devices()[0], "OTHER");
        var missing = Should.Throw<TokenException>(() => token.UserPin());
        missing.Code.ShouldBe("SAR_APPLICATION_NOT_EXISTS");
        missing.Message.ShouldContain("OTHER");
    }

    [Fact]
    public void An_skf_device_keeps_what_a_holders_device_promises()
    {
        using var token = SignedIn();
        HolderDevicePromises.Keeps(token, "123456", "12345678");
    }

    private string Device(string name) => Path.Combine(_folder, name + ".skf");

    private SkfToken Open() => _library.Open(_library.Devices().Single(static device => device.Name == "UKEY-1"), "SEAL");

    private SkfToken SignedIn()
    {
        var token = Open();
        using var pin = new TokenPin("123456");
        token.SignIn(pin).ShouldBe(PinOutcome.Accepted);
        return token;
    }
}
