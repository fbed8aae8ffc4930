using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Seal.Service.Proofs;

namespace Seal.Service.Tests.Proofs;

public sealed class JwsTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_signed_statement_is_read_back_under_its_key()
    {
        var statement = Jws.Sign(new Statement("yes"), _key, "k1");

        Jws.KeyIdOf(statement).ShouldBe("k1");
        Jws.Verify<Statement>(statement, _key).ShouldBe(new Statement("yes"));
    }

    [Fact]
    public void Another_key_does_not_verify_it()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Jws.Verify<Statement>(Jws.Sign(new Statement("yes"), other, "k1"), _key).ShouldBeNull();
    }

    [Fact]
    public void A_change_of_any_character_is_noticed()
    {
        var statement = Jws.Sign(new Statement("yes"), _key, "k1");
        for (var i = 0; i < statement.Length; i++)
        {
            // The last character of a part may hold bits that base64url does not use.
            var changed = statement[..i] + (statement[i] == 'A' ? 'B' : 'A') + statement[(i + 1)..];
            var lastOfPart = i == statement.Length - 1 || statement[i + 1] == '.';
            if (!lastOfPart)
            {
                Jws.Verify<Statement>(changed, _key).ShouldBeNull($"character {i}");
            }
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public void Another_algorithm_names_no_key(string algorithm)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","kid":"k1"}"""));

        Jws.KeyIdOf($"{header}.e30.").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("{}.{}.{}")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("W10.W10.W10")]
    public void What_is_no_statement_is_refused_without_an_error(string text)
    {
        Jws.KeyIdOf(text).ShouldBeNull();
        Jws.Verify<Statement>(text, _key).ShouldBeNull();
    }

    [Fact]
    public void A_statement_over_the_limit_is_not_read() =>
        Jws.Verify<Statement>(Jws.Sign(new Statement(new string('x', Jws.MaximumLength)), _key, "k1"), _key).ShouldBeNull();

    private sealed record Statement(string Answer);
}
