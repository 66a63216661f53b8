// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {Consent} from "./Consent.sol";
import {Credits} from "./Credits.sol";
import {DealHashing} from "./DealHashing.sol";
import {Funding, Head, Leg, LegState} from "./DealTypes.sol";
import {FundingRoutes} from "./FundingRoutes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {FLAG_CLIENT_RATED, Lane, LaneStore, toLane} from "./Lanes.sol";
import {LegMath} from "./LegMath.sol";
import {SettledReputation} from "./SettledReputation.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title DealEscrow
/// @notice The state machine of deals; see IDealEscrow.
/// @dev Every verb goes the same way: authenticate the terms, check state and time, require consent, write,
/// log, move money.
contract DealEscrow is EIP712, LaneStore, Credits, SettledReputation {
    uint256 private constant _MAX_RATING = 100;
    /// @dev In acceptMany's ratings: leave this leg alone.
    uint256 private constant _SKIP_LEG = 254;

    /// @notice Deploys an escrow.
    /// @param registry The identity registry that binds agents to parties.
    constructor(IIdentityRegistry registry) SettledReputation(registry) {}

    /// @inheritdoc IDealEscrow
    function open(
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs,
        bytes[] calldata standbySigs,
        Funding calldata funding
    ) external nonReentrant returns (bytes32 dealId) {
        uint256 total = TermsRules.check(head, legs);
        dealId = _dealId(head, legs);
        if (_lane(dealId, 0).state() != LegState.None) revert AlreadyOpened(dealId);
        _fillLanes(dealId, legs.length, toLane(LegState.Active, 0, 0, 0));
        _requireConsents(dealId, head, legs, payeeSigs);
        if (standbySigs.length != 0) revert SignatureCountMismatch(standbySigs.length, 0);
        emit Opened(dealId, head.client, _allJoined(legs.length), DealHashing.termsBytes(head, legs));
        FundingRoutes.take(FundingRoutes.Due(dealId, head.token, head.client, total), funding);
    }

    /// @inheritdoc IDealEscrow
    function deliver(
        bytes32 headHash,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes32 deliverable,
        string calldata uri,
        bytes calldata signature
    ) external {
        bytes32 dealId = _dealId(headHash, siblings, i, leg);
        _requireState(_lane(dealId, i), LegState.Active);
        uint256 due = leg.due;
        if (block.timestamp > due + leg.grace) revert DeadlinePassed(block.timestamp, due + leg.grace);
        address payee = leg.payee;
        if (signature.length == 0) Consent.requireCaller(payee);
        else _requireSigned(payee, DealHashing.hashDeliver(dealId, i, deliverable, payee), signature);
        uint256 late = block.timestamp > due ? block.timestamp - due : 0;
        _setLane(dealId, i, toLane(LegState.Delivered, 0, block.timestamp, late));
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Delivered(dealId, uint8(i), payee, uint24(late), deliverable, uri);
    }

    /// @inheritdoc IDealEscrow
    function accept(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint8 rating,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 dealId = _dealId(DealHashing.hashHead(head), siblings, i, leg);
        Lane lane = _lane(dealId, i);
        _requireState(lane, LegState.Delivered);
        if (signature.length == 0) Consent.requireCaller(head.client);
        else _requireSigned(head.client, DealHashing.hashAccept(dealId, i, rating), signature);
        _accept(head, leg, dealId, i, lane, rating);
    }

    /// @inheritdoc IDealEscrow
    function acceptMany(Head calldata head, Leg[] calldata legs, uint8[] calldata ratings)
        external
        nonReentrant
    {
        if (ratings.length != legs.length) revert RatingCountMismatch(ratings.length, legs.length);
        Consent.requireCaller(head.client);
        bytes32 dealId = _dealId(head, legs);
        bool any = false;
        for (uint256 i = 0; i < legs.length; ++i) {
            Lane lane = _lane(dealId, i);
            uint256 rating = ratings[i];
            if (rating == _SKIP_LEG || lane.state() != LegState.Delivered) continue;
            any = true;
            _accept(head, legs[i], dealId, i, lane, rating);
        }
        if (!any) revert NothingDelivered(dealId);
    }

    /// @inheritdoc IDealEscrow
    function lapse(Head calldata head, bytes32[] calldata siblings, uint256 i, Leg calldata leg)
        external
        nonReentrant
    {
        bytes32 dealId = _dealId(DealHashing.hashHead(head), siblings, i, leg);
        Lane lane = _lane(dealId, i);
        LegState state = lane.state();
        if (state == LegState.Active) {
            _requireLapsed(uint256(leg.due) + leg.grace);
            _close(head, leg, Closing(dealId, i, LegState.Missed, NO_RATING, 0, 0, 0, 0), 0);
        } else {
            _requireState(lane, LegState.Delivered);
            _requireLapsed(lane.ts() + leg.review);
            _close(
                head,
                leg,
                Closing(dealId, i, LegState.Lapsed, NO_RATING, lane.late(), 0, 0, 0),
                leg.silenceBps
            );
        }
    }

    /// @inheritdoc IDealEscrow
    function legState(bytes32 dealId, uint256 i)
        external
        view
        returns (uint8 state, uint8 flags, uint32 ts, uint24 late)
    {
        Lane lane = _lane(dealId, i);
        // forge-lint: disable-next-line(unsafe-typecast)
        return (uint8(lane.state()), uint8(lane.flags()), uint32(lane.ts()), uint24(lane.late()));
    }

    /// @inheritdoc IDealEscrow
    function dealIdOf(Head calldata head, Leg[] calldata legs) external view returns (bytes32) {
        return _dealId(head, legs);
    }

    /// @inheritdoc IDealEscrow
    function hashHead(Head calldata head) external pure returns (bytes32) {
        return DealHashing.hashHead(head);
    }

    /// @inheritdoc IDealEscrow
    function hashLeg(Leg calldata leg) external pure returns (bytes32) {
        return DealHashing.hashLeg(leg);
    }

    /// @inheritdoc IDealEscrow
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparator();
    }

    /// @dev Closes one delivered leg and pays it; the caller has proved that the client wants it.
    function _accept(
        Head calldata head,
        Leg calldata leg,
        bytes32 dealId,
        uint256 i,
        Lane lane,
        uint256 rating
    ) private {
        if (rating > _MAX_RATING && rating != NO_RATING) revert RatingOutOfRange(rating);
        _close(head, leg, Closing(dealId, i, LegState.Accepted, rating, lane.late(), 0, 0, 0), LegMath.BPS);
    }

    /// @dev Ends a leg: divides its price, writes state and records, logs, then pays.
    function _close(Head calldata head, Leg calldata leg, Closing memory c, uint256 payeeBps) private {
        uint256 amount = leg.amount;
        c.penalty = LegMath.penalty(leg.penaltyMax, c.late, leg.grace);
        (c.gross, c.fee) = LegMath.divide(amount, c.penalty, payeeBps, head.feeBps);
        uint256 flags = c.rating == NO_RATING ? 0 : FLAG_CLIENT_RATED;
        _setLane(c.dealId, c.i, toLane(c.outcome, flags, block.timestamp, c.late));
        _recordClosing(head, leg, c);
        address token = head.token;
        _addCredit(c.dealId, token, head.feeReceiver, c.fee);
        _pay(c.dealId, token, leg.payee, c.gross - c.fee);
        _pay(c.dealId, token, head.client, amount - c.gross);
    }

    /// @dev A payee that comes in consecutive legs signs once, for all of them.
    function _requireConsents(
        bytes32 dealId,
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs
    ) private view {
        if (payeeSigs.length != legs.length) {
            revert SignatureCountMismatch(payeeSigs.length, legs.length);
        }
        Consent.requireAgent(identityRegistry, head.clientAgentId, head.clientAgentEpoch, head.client);
        address previous = address(0);
        for (uint256 i = 0; i < legs.length; ++i) {
            address payee = legs[i].payee;
            if (payee != previous || payeeSigs[i].length != 0) {
                Consent.requireParty(payee, dealId, payeeSigs[i]);
            }
            Consent.requireAgent(identityRegistry, legs[i].agentId, legs[i].agentEpoch, payee);
            previous = payee;
        }
    }

    /// @dev The EIP-712 digest of the terms, which is the deal.
    function _dealId(Head calldata head, Leg[] calldata legs) private view returns (bytes32) {
        return _hashTypedData(DealHashing.hashTerms(DealHashing.hashHead(head), DealHashing.hashLegs(legs)));
    }

    /// @dev The same from one leg and the hashes of the others, so that a verb needs no other leg's terms.
    function _dealId(bytes32 headHash, bytes32[] calldata siblings, uint256 i, Leg calldata leg)
        private
        view
        returns (bytes32)
    {
        if (i > siblings.length) revert LegIndexOutOfRange(i, siblings.length + 1);
        return _hashTypedData(DealHashing.hashTerms(headHash, DealHashing.hashLegs(leg, i, siblings)));
    }

    /// @dev The caller itself needs no signature; anybody else brings the party's (EIP-712).
    function _requireSigned(address party, bytes32 structHash, bytes calldata signature) private view {
        Consent.requireParty(party, _hashTypedData(structHash), signature);
    }

    /// @dev Both states are told, so that the caller knows which verb came first.
    function _requireState(Lane lane, LegState want) private pure {
        if (lane.state() != want) revert WrongState(lane.state(), want);
    }

    /// @dev Times are inclusive for who may act: the deadline's own second still belongs to the party.
    function _requireLapsed(uint256 deadline) private view {
        if (block.timestamp <= deadline) revert NotLapsed(block.timestamp, deadline);
    }

    /// @dev One bit per leg, leg 0 the lowest.
    function _allJoined(uint256 count) private pure returns (uint256) {
        return (1 << count) - 1;
    }

    /// @dev EIP-712 domain; part of every signature, so it never changes.
    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Earnest Deal", "1");
    }
}
