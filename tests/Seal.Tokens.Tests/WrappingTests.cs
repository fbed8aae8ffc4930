using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Vault;

namespace Seal.Tokens.Tests;

public sealed class WrappingTests : Provisioned
{
    [Fact]
    public void What_the_token_wraps_it_unwraps_and_nothing_else()
    {
        var master = Token.MasterKey("master");
        var secret = RandomNumberGenerator.GetBytes(32);
        var wrapped = master.Wrap(secret);
        wrapped.Length.ShouldBe(1 + 12 + 32 + 16);
        master.Unwrap(wrapped).ShouldBe(secret);
        master.Wrap(secret).ShouldNotBe(wrapped);
        for (var i = 0; i < wrapped.Length; i++)
        {
            byte[] changed = [.. wrapped];
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => master.Unwrap(changed));
            Should.Throw<CryptographicException>(() => master.Unwrap(wrapped.AsSpan(0, i)));
        }

        Should.Throw<CryptographicException>(() => Token.MasterKey("another").Unwrap(wrapped));
        Token.MasterKey("master").Unwrap(wrapped).ShouldBe(secret);
    }

    [Fact]
    public void What_a_master_key_with_an_id_wraps_says_so()
    {
        var id = RandomNumberGenerator.GetBytes(TokenSecretWrapper.KeyIdSize);
        var first = Token.MasterKey("master");
        var second = Token.FindMasterKey("master-2", id);
        second.IsThere().ShouldBeFalse();
        second.Make();
        second.Make();
        var wrapped = second.Wrap("secret"u8);
        TokenSecretWrapper.KeyIdOf(wrapped).ToArray().ShouldBe(id);
        TokenSecretWrapper.KeyIdOf(first.Wrap("secret"u8)).ToArray().ShouldBeEmpty();
        second.Unwrap(wrapped).ShouldBe("secret"u8.ToArray());
        Should.Throw<CryptographicException>(() => first.Unwrap(wrapped));
        Should.Throw<CryptographicException>(() => Token.FindMasterKey("master-2", []).Unwrap([1, .. wrapped.AsSpan(13)]));
        for (var i = 0; i < wrapped.Length; i++)
        {
            byte[] changed = [.. wrapped];
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => second.Unwrap(changed));
        }
    }

    [Fact]
    public void A_destroyed_master_key_opens_nothing_any_more()
    {
        var key = Token.MasterKey("master");
        var wrapped = key.Wrap("secret"u8);
        key.Destroy();
        key.IsThere().ShouldBeFalse();
        key.Destroy();
        Should.Throw<TokenException>(() => key.Unwrap(wrapped)).Message.ShouldContain("'master'");
        Token.MasterKey("master");
        Should.Throw<CryptographicException>(() => key.Unwrap(wrapped));
    }

    [Fact]
    public async Task Master_keys_come_and_go_while_others_are_used()
    {
        var master = Token.MasterKey("master");
        var secret = RandomNumberGenerator.GetBytes(32);
        using var enough = new CancellationTokenSource();
        var used = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                master.Unwrap(master.Wrap(secret)).ShouldBe(secret);
            }
        })).ToList();
        for (var i = 0; i < 100; i++)
        {
            var another = Token.FindMasterKey($"another-{i}", []);
            another.Make();
            another.IsThere().ShouldBeTrue();
            another.Destroy();
        }

        await enough.CancelAsync();
        await Task.WhenAll(used);
    }

    [Fact]
    public void A_holders_key_opens_with_pin_and_token()
    {
        var master = Token.MasterKey("master");
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var envelope = PinSealedKey.Seal(key.ExportPkcs8(), key.Algorithm, "482915", "id"u8, master, new PinSealingOptions(1000));
        using var opened = PinSealedKey.Open(envelope, "482915", "id"u8, master)
            .ShouldBeOfType<PinSealedKeyOpening.Opened>().Key;
        opened.SubjectPublicKeyInfo.ToArray().ShouldBe(key.SubjectPublicKeyInfo.ToArray());
        PinSealedKey.Open(envelope, "482914", "id"u8, master).ShouldBeOfType<PinSealedKeyOpening.WrongPin>();
        PinSealedKey.Open(envelope, "482915", "id"u8, Token.MasterKey("another")).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
    }
}
