// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Funding, Head, Leg} from "./DealTypes.sol";
import {IDealErrors} from "./IDealErrors.sol";
import {ISettledReputation} from "./ISettledReputation.sol";

/// @title IDealEscrow
/// @notice Holds a deal's money from its opening until each of its legs is closed. A deal is its signed
/// terms; its id is their EIP-712 digest in the domain ("Earnest Deal", "1", chain, escrow).
/// @dev Safety rests on: the token moving what it says it moves, neither taking fees nor rebasing (a token
/// that fails this harms the deals in that token alone); the identity registry naming an agent's wallet
/// truthfully. Liveness rests on: somebody sending `lapse`; the terms being known, which is why `open`
/// publishes them; the token accepting transfers, without which a payout becomes credit. Nobody is
/// privileged: there is no owner, pause, upgrade or sweep.
/// A party acts while time <= deadline; `lapse` works when time > deadline.
/// Where a verb takes a signature, an empty one means that the caller is the party.
interface IDealEscrow is IDealErrors, ISettledReputation {
    /// @notice A deal was opened and funded.
    /// @param dealId The deal.
    /// @param client Who paid.
    /// @param joinedBitmap Bit i is set if leg i is active.
    /// @param terms The words of the Head, then those of each Leg, verbatim: every exit needs them.
    event Opened(bytes32 indexed dealId, address indexed client, uint256 joinedBitmap, bytes terms);

    /// @notice A leg was delivered.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param payee Who delivered.
    /// @param late Seconds after due.
    /// @param deliverable Hash of what was delivered.
    /// @param uri Where it is; not signed, as the hash binds the content.
    event Delivered(
        bytes32 indexed dealId, uint8 leg, address payee, uint24 late, bytes32 deliverable, string uri
    );

    /// @notice A sum was set aside for an account: a fee, or a payout that the token refused.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param dealId The deal it comes from.
    /// @param amount Atomic units.
    event Credited(address indexed token, address indexed account, bytes32 indexed dealId, uint256 amount);

    /// @notice An account took its credit.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param to Where it went.
    /// @param amount Atomic units.
    event Withdrawn(address indexed token, address indexed account, address to, uint256 amount);

    /// @notice Opens a deal and takes its money, all or nothing. Anybody may send it; the client consents by
    /// its funding, each payee by its signature of the dealId.
    /// @param head What the legs share.
    /// @param legs 1 to 64 legs.
    /// @param payeeSigs One per leg; empty if the payee is the caller, or if the leg before has the same one.
    /// @param standbySigs One per leg that names a standby.
    /// @param funding How the money comes: sum of all amounts and retainers.
    /// @return dealId The deal's id.
    function open(
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs,
        bytes[] calldata standbySigs,
        Funding calldata funding
    ) external returns (bytes32 dealId);

    /// @notice Delivers a leg, until due + grace; by its payee.
    /// @param headHash hashHead of the deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param deliverable Hash of what is delivered.
    /// @param uri Where it is.
    /// @param signature The payee's signature of Deliver(dealId, leg, deliverable, occupant), whose occupant
    /// is the payee at work: the leg's own, or its standby once that has taken over.
    function deliver(
        bytes32 headHash,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes32 deliverable,
        string calldata uri,
        bytes calldata signature
    ) external;

    /// @notice Accepts a delivered leg and pays it in full, less the delay penalty; by the client.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param rating 0 to 100; 255 for none.
    /// @param signature The client's signature of Accept(dealId, leg, rating). Sign it only once the delivery
    /// is final on chain.
    function accept(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint8 rating,
        bytes calldata signature
    ) external;

    /// @notice Accepts every leg that is delivered and skips the others; the client sends it.
    /// @dev A payee could deliver anything just before this call and be paid by it: give 254 for every leg
    /// whose delivery you have not seen.
    /// @param head The deal's head.
    /// @param legs All of its legs.
    /// @param ratings One per leg: 0 to 100; 255 to accept without a rating; 254 to leave the leg alone.
    function acceptMany(Head calldata head, Leg[] calldata legs, uint8[] calldata ratings) external;

    /// @notice Applies what time has decided on a leg. Anybody may send it.
    /// @dev Active after due + grace: Missed, all back to the client. Delivered after the review period:
    /// Lapsed, divided by silenceBps.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    function lapse(Head calldata head, bytes32[] calldata siblings, uint256 i, Leg calldata leg) external;

    /// @notice Sends the caller's whole credit in a token to any address.
    /// @param token The token.
    /// @param to The receiver; neither zero nor the escrow.
    /// @return amount Atomic units.
    function withdraw(address token, address to) external returns (uint256 amount);

    /// @notice An account's credit.
    /// @param token The token.
    /// @param account The account.
    /// @return amount Atomic units.
    function credit(address token, address account) external view returns (uint256 amount);

    /// @notice Where a leg is.
    /// @param dealId The deal.
    /// @param i The leg's index.
    /// @return state The LegState; None for a deal or leg that is not there.
    /// @return flags 1 substituted, 2 client has rated, 4 payee has rated, 8 disputed before delivery.
    /// @return ts Unix seconds: when it was delivered or closed, or in Active when the standby took over (0
    /// if none did).
    /// @return late Seconds after due at which it was delivered.
    function legState(bytes32 dealId, uint256 i)
        external
        view
        returns (uint8 state, uint8 flags, uint32 ts, uint24 late);

    /// @notice The id of a deal, which is the digest that its parties sign.
    /// @param head The deal's head.
    /// @param legs All of its legs.
    /// @return The EIP-712 digest of DealTerms(Head head,Leg[] legs).
    function dealIdOf(Head calldata head, Leg[] calldata legs) external view returns (bytes32);

    /// @notice hashStruct of a Head.
    /// @param head The head.
    /// @return The hash.
    function hashHead(Head calldata head) external pure returns (bytes32);

    /// @notice hashStruct of a Leg.
    /// @param leg The leg.
    /// @return The hash.
    function hashLeg(Leg calldata leg) external pure returns (bytes32);

    /// @notice The EIP-712 domain separator.
    /// @return The separator of ("Earnest Deal", "1", this chain, this contract).
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
