using System.Collections.Concurrent;

namespace Seal.Tokens.Pkcs11;

/// <summary>The sessions open on a token since it was last put in. Void as a whole when the token was pulled out.</summary>
internal sealed class TokenConnection : IDisposable
{
    private readonly ConcurrentBag<TokenSession> idle = [];
    private readonly FunctionList functions;
    private readonly string token;

    /// <summary>Never lent: a token signs everybody out when its last session closes.</summary>
    private readonly TokenSession anchor;

    private volatile bool isClosed;
    private int disposed;

    public TokenConnection(FunctionList functions, nuint slot, string token)
    {
        this.functions = functions;
        this.token = token;
        Slot = slot;
        anchor = new TokenSession(functions, slot, token);
    }

    public nuint Slot { get; }

    public CkResult SignIn(TokenPin pin) => anchor.Login(Ck.User.Normal, pin.Utf8);

    public TokenSession Rent() =>
        idle.TryTake(out TokenSession? session) ? session : new TokenSession(functions, Slot, token);

    public void Return(TokenSession session)
    {
        idle.Add(session);
        if (isClosed)
            CloseIdle();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return; // several threads notice the same loss
        isClosed = true;
        CloseIdle();
        anchor.Dispose();
    }

    private void CloseIdle()
    {
        while (idle.TryTake(out TokenSession? session))
            session.Dispose();
    }
}
