using Seal.Cryptography.Keys;
using Seal.Tokens.SoftHsm;

namespace Seal.Tokens.Tests;

/// <summary>What SoftHSM cannot show: PINs that lock, a token that fills up, allows few sessions, and is really taken out.</summary>
public sealed class OwnTokenTests(CompiledDevices devices) : OwnToken(devices)
{
    private readonly CompiledDevices _devices = devices;

    [Fact]
    public void A_pkcs11_token_keeps_what_a_holders_device_promises()
    {
        Token.Register(Profile);
        HolderDevicePromises.Keeps(Token, "123456", "87654321");
    }

    [Fact]
    public void A_pin_that_is_wrong_too_often_locks_and_the_security_officer_unblocks_it()
    {
        using var right = new TokenPin("123456");
        using var wrong = new TokenPin("654321");
        using var tooShort = new TokenPin("123");
        using var officer = new TokenPin("87654321");
        using var fresh = new TokenPin("112233");
        Token.SignOut();
        Token.SignIn(tooShort).ShouldBe(PinOutcome.Unfit);
        Token.UserPin().ShouldBe(new PinState(PinTries.All));
        Token.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
        Token.UserPin().Tries.ShouldBe(PinTries.Fewer);
        Token.SignIn(wrong).ShouldBe(PinOutcome.Wrong);
        Token.UserPin().Tries.ShouldBe(PinTries.Last);
        Token.SignIn(wrong).ShouldBe(PinOutcome.Locked);
        Token.UserPin().Tries.ShouldBe(PinTries.None);
        Token.SignIn(right).ShouldBe(PinOutcome.Locked);

        Token.Unblock(wrong, fresh).ShouldBe(PinOutcome.Wrong);
        Token.Unblock(officer, tooShort).ShouldBe(PinOutcome.Unfit);
        Token.Unblock(officer, fresh).ShouldBe(PinOutcome.Accepted);
        Token.UserPin().Tries.ShouldBe(PinTries.All);
        Token.SignIn(right).ShouldBe(PinOutcome.Wrong);
        Token.SignIn(fresh).ShouldBe(PinOutcome.Accepted);
    }

    [Fact]
    public void A_full_token_says_so_and_keeps_what_it_had()
    {
        var data = new byte[1000];
        var full = Should.Throw<TokenException>(() =>
        {
            for (var i = 0; ; i++)
            {
                Token.WriteData($"data {i}", data);
            }
        });
        full.Failure.ShouldBe(TokenFailure.Full);
        full.Code.ShouldBe("CKR_DEVICE_MEMORY");
        full.Message.ShouldContain("'holder'");
        Should.Throw<TokenException>(() => Token.WriteData("data 0", [1])).Failure.ShouldBe(TokenFailure.Full);
        Token.ReadData("data 0").ShouldBe(data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_token_that_takes_no_object_so_large_says_so_and_keeps_what_it_had_even_if_its_maker_cuts_it_off(bool cuts)
    {
        byte[] small = [1, 2, 3];
        Token.WriteData("seal", small);
        NativeEnvironment.Set("SEAL_PKCS11_DEVICE_LARGEST", "500");
        NativeEnvironment.Set("SEAL_PKCS11_DEVICE_CUTS", cuts ? "yes" : "");
        try
        {
            Token.WriteData("seal", new byte[500]);
            var full = Should.Throw<TokenException>(() => Token.WriteData("seal", new byte[501]));
            full.Failure.ShouldBe(TokenFailure.Full);
            full.Message.ShouldContain("'holder'");
            full.Message.ShouldContain("501 bytes");
            Token.ReadData("seal").ShouldBe(new byte[500]);
            Token.Use(session => session.Find(new Pkcs11.AttributeTemplate().With(Pkcs11.Ck.Attribute.Class, Pkcs11.Ck.ObjectClass.Data)))
                .Count.ShouldBe(1, "nothing half written stays");
        }
        finally
        {
            NativeEnvironment.Set("SEAL_PKCS11_DEVICE_LARGEST", "");
            NativeEnvironment.Set("SEAL_PKCS11_DEVICE_CUTS", "");
        }

        Token.WriteData("seal", small);
        Token.ReadData("seal").ShouldBe(small);
    }

    [Fact]
    public void A_token_of_few_sessions_serves_many_threads()
    {
        Token.Facts().MaximumSessions.ShouldBe(4);
        Token.Register(Profile);
        var signer = Token.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var message = BitConverter.GetBytes(i);
            Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, message, signer.Sign(message)).ShouldBeTrue();
        });
    }

    [Fact]
    public void A_call_that_fails_costs_no_session()
    {
        Token.Register(Profile);
        var signer = Token.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 2 == 0)
            {
                Should.Throw<TokenException>(() => Token.Use(session => session.CreateObject(new Pkcs11.AttributeTemplate().With(Pkcs11.Ck.Attribute.Value, new byte[2000]))))
                    .Failure.ShouldBe(TokenFailure.Full);
            }
            else
            {
                signer.Sign("m"u8).ShouldNotBeEmpty();
            }
        });
        signer.Sign("m"u8).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_token_pulled_in_mid_signing_is_named_and_the_next_call_after_it_is_back_signs()
    {
        Token.Register(Profile);
        var signer = Token.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
        using var stop = new CancellationTokenSource();
        int good = 0, absent = 0;
        var signing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    signer.Sign("m"u8);
                    Interlocked.Increment(ref good);
                }
                catch (TokenException failure)
                {
                    failure.IsAbsent.ShouldBeTrue(failure.Message);
                    failure.Message.ShouldContain("'holder'");
                    Interlocked.Increment(ref absent);
                }
            }
        }, CancellationToken.None);
        for (var round = 0; round < 5; round++)
        {
            Until(() => Volatile.Read(ref good), good + 10);
            TakeOut();
            Until(() => Volatile.Read(ref absent), absent + 10);
            Should.Throw<TokenException>(() => Token.Facts()).IsAbsent.ShouldBeTrue();
            PutBack();
        }

        Until(() => Volatile.Read(ref good), good + 10);
        await stop.CancelAsync();
        await signing;

        void Until(Func<int> counter, int wanted) =>
            SpinWait.SpinUntil(() => counter() >= wanted || signing.IsFaulted, TimeSpan.FromSeconds(60)).ShouldBeTrue();
    }

    [Fact]
    public void Two_makers_modules_work_side_by_side_and_one_token_away_does_not_disturb_the_other()
    {
        var folder = Directory.CreateTempSubdirectory("seal-token-").FullName;
        try
        {
            using var module = Pkcs11Module.Load(_devices.NewPkcs11(folder));
            using var other = module.Open("holder", sessions: 1);
            using var pin = new TokenPin("123456");
            other.SignIn(pin).ShouldBe(PinOutcome.Accepted);
            Token.Register(Profile);
            other.Register(Profile);
            TokenSigner here = Token.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3), there = other.GenerateSigner("k", SignatureAlgorithm.Sm2Sm3);
            here.SubjectPublicKeyInfo.ToArray().ShouldNotBe(there.SubjectPublicKeyInfo.ToArray());
            Parallel.For(0, 100, i => (i % 2 == 0 ? here : there).Sign("m"u8));

            Module.Dispose(); // one library ends, the other goes on
            Should.Throw<TokenException>(() => here.Sign("m"u8)).Message.ShouldContain("'holder'");
            there.Sign("m"u8).ShouldNotBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DeviceProfile Profile => new()
    {
        Name = "test",
        SignMechanism = 0x80008101,
        KeyPairMechanism = 0x80008001,
        Input = Sm2Input.Digest,
        Output = Sm2Output.Concatenated,
    };
}
