using System.Security.Cryptography;
using Npgsql;

namespace Seal.Service.SignIn;

/// <summary>Random bytes for a token to sign, each good for one answer within its time, whichever process gave them out.</summary>
/// <param name="Challenge">32 random bytes.</param>
/// <param name="ExpiresAt">Until when it can be answered (UTC).</param>
public sealed record SignInChallenge(byte[] Challenge, DateTimeOffset ExpiresAt);

/// <summary>The challenges that are open.</summary>
public sealed class SignInChallenges(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>How long a challenge can be answered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private const int Size = 32;

    /// <summary>Gives a challenge out; those whose time is over go.</summary>
    public async Task<SignInChallenge> GiveAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var given = new SignInChallenge(RandomNumberGenerator.GetBytes(Size), now + Lifetime);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("delete from vault.sign_in_challenges where expires_at <= $1") { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new("insert into vault.sign_in_challenges (challenge, expires_at) values ($1, $2)")
        {
            Parameters = { new() { Value = given.Challenge }, new() { Value = given.ExpiresAt } },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
        return given;
    }

    /// <summary>Takes a challenge back, for good.</summary>
    /// <returns>Whether it was open.</returns>
    public async Task<bool> TakeAsync(byte[] challenge, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from vault.sign_in_challenges where challenge = $1 returning expires_at > $2");
        command.Parameters.Add(new() { Value = challenge });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
