using System.Collections.Concurrent;

namespace Seal.Tokens.Pkcs11;

/// <summary>The sessions open on a token since it was last put in. Void as a whole when the token was pulled out.</summary>
internal sealed class TokenConnection : IDisposable
{
    private readonly ConcurrentBag<TokenSession> idle = [];
    private readonly FunctionList functions;
    private readonly string token;
    private volatile bool isClosed;

    /// <summary>Opens the first session, so that a sign-in has something to last with.</summary>
    public TokenConnection(FunctionList functions, nuint slot, string token)
    {
        this.functions = functions;
        this.token = token;
        Slot = slot;
        idle.Add(new TokenSession(functions, slot, token));
    }

    public nuint Slot { get; }

    public TokenSession Rent() =>
        idle.TryTake(out TokenSession? session) ? session : new TokenSession(functions, Slot, token);

    public void Return(TokenSession session)
    {
        idle.Add(session);
        if (isClosed)
            Dispose();
    }

    public void Dispose()
    {
        isClosed = true;
        while (idle.TryTake(out TokenSession? session))
            session.Dispose();
    }
}
