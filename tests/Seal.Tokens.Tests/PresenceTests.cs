using Seal.Cryptography.Keys;
using Seal.Tokens.SoftHsm;

namespace Seal.Tokens.Tests;

public sealed class PresenceTests : Provisioned
{
    [Fact]
    public async Task A_second_start_takes_up_the_same_token_and_keys()
    {
        var before = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        var wrapped = Token.MasterKey("master").Wrap("secret"u8);
        var serial = Token.SerialNumber;
        SoftHsm.Dispose();
        SoftHsm = await SoftHsmToken.ProvisionAsync(Folder, TestContext.Current.CancellationToken);
        Token.SerialNumber.ShouldBe(serial);
        Token.FindSigner("k", SignatureAlgorithm.EcdsaP256Sha256)!
            .SubjectPublicKeyInfo.ToArray().ShouldBe(before.SubjectPublicKeyInfo.ToArray());
        Token.MasterKey("master").Unwrap(wrapped).ShouldBe("secret"u8.ToArray());
    }

    [Fact]
    public void Secrets_are_readable_for_nobody_else()
    {
        foreach (var name in (string[])["so-pin", "user-pin", "softhsm2.conf"])
        {
            File.GetUnixFileMode(Path.Combine(Folder, name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.GetUnixFileMode(Path.Combine(Folder, "tokens")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.ReadAllText(Path.Combine(Folder, "user-pin")).Trim().Length.ShouldBe(32);
    }

    [Fact]
    public async Task A_second_directory_in_one_process_is_refused_and_does_not_disturb_the_first()
    {
        var other = Directory.CreateTempSubdirectory("seal-token-").FullName;
        try
        {
            await Should.ThrowAsync<InvalidOperationException>(
                SoftHsmToken.ProvisionAsync(other, TestContext.Current.CancellationToken));
            Token.Random(8).Length.ShouldBe(8);
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public unsafe void Sessions_that_became_void_are_opened_again_and_signed_in()
    {
        var signer = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        SoftHsm.Module.Functions.CloseAllSessions((nuint)Token.Facts().Slot); // what pulling the token out does to them
        var signature = signer.Sign("m"u8);
        Signatures.Verify(signer.Algorithm, signer.SubjectPublicKeyInfo, "m"u8, signature).ShouldBeTrue();
    }

    [Fact]
    public void A_token_taken_out_is_named_and_works_again_when_it_is_back()
    {
        var signer = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        var master = Token.MasterKey("master");
        for (var round = 0; round < 3; round++)
        {
            TakeOut();
            for (var call = 0; call < 3; call++)
            {
                var absent = Should.Throw<TokenException>(() => signer.Sign("m"u8));
                absent.IsAbsent.ShouldBeTrue(absent.Message);
                absent.Message.ShouldContain("'seal'");
                absent.Message.ShouldContain(Token.SerialNumber);
            }

            PutBack();
            var signature = signer.Sign("m"u8);
            Signatures.Verify(signer.Algorithm, signer.SubjectPublicKeyInfo, "m"u8, signature).ShouldBeTrue();
            master.Wrap("secret"u8).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_token_pulled_in_mid_signing_fails_by_name_and_signs_again_when_it_is_back()
    {
        var signer = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        using var stop = new CancellationTokenSource();
        int good = 0, absent = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Signatures.Verify(signer.Algorithm, signer.SubjectPublicKeyInfo, "m"u8, signer.Sign("m"u8)).ShouldBeTrue();
                    Interlocked.Increment(ref good);
                }
                catch (TokenException failure)
                {
                    failure.Message.ShouldContain("'seal'");
                    Interlocked.Increment(ref absent);
                }
            }
        }, CancellationToken.None)).ToArray();
        try
        {
            for (var round = 0; round < 5; round++)
            {
                Until(() => Volatile.Read(ref good), good + 50, threads);
                TakeOut();
                Until(() => Volatile.Read(ref absent), absent + 20, threads);
                PutBack();
            }

            Until(() => Volatile.Read(ref good), good + 50, threads);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(threads);
        }

        signer.Sign("m"u8).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_refused_call_does_not_sign_anybody_out()
    {
        var signer = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<TokenException>(() => Token.Use(session => session.Get(12345, Pkcs11.Ck.Attribute.Value)));
        signer.Sign("m"u8).ShouldNotBeEmpty();
        using var second = SoftHsm.Module.Open("seal");
        second.SignOut(); // one sign-in per process: this one hits both
        signer.Sign("m"u8).ShouldNotBeEmpty();
        Token.MasterKey("master").Wrap("m"u8).ShouldNotBeEmpty();
    }

    [Fact]
    public void An_unknown_label_is_an_error_that_names_it() =>
        Should.Throw<TokenException>(() => SoftHsm.Module.Open("somewhere else")).Message.ShouldContain("'somewhere else'");

    private static void Until(Func<int> counter, int wanted, Task[] threads) =>
        SpinWait.SpinUntil(() => counter() >= wanted || threads.Any(static thread => thread.IsFaulted), TimeSpan.FromSeconds(60)).ShouldBeTrue();

    private void TakeOut() => Directory.Move(Path.Combine(Folder, "tokens"), Path.Combine(Folder, "away"));

    private void PutBack() => Directory.Move(Path.Combine(Folder, "away"), Path.Combine(Folder, "tokens"));
}
